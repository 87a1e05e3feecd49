"""What the library has already of a book that is about to be entered."""

from dataclasses import dataclass

from django.db.models import Count, Q

from catalog.models import Title
from catalog.queries.search import GONE


@dataclass(frozen=True)
class HeldTitle:
    """A title with the number of its copies that the library still has."""

    pk: int
    name: str
    part: str
    author: str
    publisher: str
    published: str
    call_number: str
    copies: int


def titles_with_isbn(isbn: str, *, but: int | None = None) -> list[HeldTitle]:
    """The titles that bear this ISBN (13 digits), most copies first. One statement; several are parts of a set."""
    if not isbn:
        return []
    held = Count("copies", filter=~Q(copies__state__in=GONE))
    wanted = ("pk", "name", "part", "author", "publisher", "published", "clc_number", "book_number")
    titles = Title.objects.filter(isbn=isbn).annotate(held=held).only(*wanted)
    if but is not None:
        titles = titles.exclude(pk=but)
    return [_held(title) for title in titles.order_by("-held", "pk")[:20]]


def other_with_call_number(title: Title) -> Title | None:
    """Another title with the same class and book number, if there is one."""
    if not title.book_number:
        return None
    same = Title.objects.filter(clc_number=title.clc_number, book_number=title.book_number)
    return same.exclude(pk=title.pk).only("pk", "name").order_by("pk").first()


def courses_known() -> list[str]:
    """The school subjects that titles are for, as they were written, the most frequent first."""
    titles = Title.objects.exclude(course="").values_list("course").annotate(titles=Count("pk"))
    return [course for course, _titles in titles.order_by("-titles", "course")[:40]]


def _held(title: Title) -> HeldTitle:
    shown = (title.name, title.part, title.author, title.publisher, title.published, title.call_number)
    return HeldTitle(title.pk, *shown, copies=title.held)  # type: ignore[attr-defined]
