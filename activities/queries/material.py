"""Requests for material as readers and the librarian see them, and what they come to in a semester."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from activities.models import BookList, MaterialItem, MaterialRequest
from activities.rules.material import OPEN
from catalog.models import Title
from circulation.queries.availability import title_availability

State = MaterialRequest.State
MOST_LISTS = 60


def requests_for_material() -> QuerySet[MaterialRequest]:
    """All requests with `books`, the number of lines of the answer."""
    return MaterialRequest.objects.select_related("reader").annotate(books=Count("items"))


def own_requests(reader_id: int) -> QuerySet[MaterialRequest]:
    """Those of a reader, the newest first."""
    return requests_for_material().filter(reader=reader_id).order_by("-at", "-pk")


def listed(*, state: str) -> QuerySet[MaterialRequest]:
    """For the librarian: open ones (`open`) begin with what is needed first, all else with the newest."""
    rows = requests_for_material()
    if state != "open":
        return rows.filter(state=state).order_by("-at", "-pk")
    waits = Case(When(state=State.NEW, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.filter(state__in=OPEN).order_by(waits, F("needed_on").asc(nulls_last=True), "at", "pk")


@dataclass(frozen=True)
class Line:
    """A line of the answer; the counts are None for a source that is no title of the catalogue."""

    item: MaterialItem
    title: Title | None
    held: int | None
    inside: int | None


def lines_of(row: MaterialRequest) -> list[Line]:
    """The answer's list with what is in now. Two statements."""
    items = list(row.items.select_related("reservation__copy", "class_set").order_by("position", "pk"))
    counts = title_availability()
    titles = Title.objects.filter(pk__in=[item.title_id for item in items if item.title_id])
    known = {title.pk: title for title in titles.annotate(held=counts.held, inside=counts.inside)}
    return [_line(item, known.get(item.title_id or 0)) for item in items]


def _line(item: MaterialItem, title: Title | None) -> Line:
    return Line(item, title, getattr(title, "held", None), getattr(title, "inside", None))


def lists_to_offer() -> list[tuple[int, str]]:
    """Booklists that are shown, the newest first: an answer may lead to one."""
    rows = BookList.objects.filter(published_at__isnull=False, ended_on=None).order_by("-published_at", "-pk")
    return list(rows.values_list("pk", "name")[:MOST_LISTS])


@dataclass(frozen=True)
class Counted:
    """Requests of a period for one purpose."""

    purpose: str
    asked: int
    answered: int
    books: int
    set_aside: int


def counted(since: date, until: date) -> list[Counted]:
    """By purpose, those asked for at least once. Two statements."""
    period = MaterialRequest.objects.filter(at__date__gte=since, at__date__lte=until)
    done = Q(answered_at__isnull=False) & ~Q(state=State.DECLINED)
    rows = period.order_by().values("purpose").annotate(asked=Count("pk"), answered=Count("pk", filter=done))
    items = MaterialItem.objects.filter(request__in=period).order_by().values("request__purpose")
    aside = Q(reservation__isnull=False) | Q(class_set__isnull=False)
    books = {
        row["request__purpose"]: (row["books"], row["aside"])
        for row in items.annotate(books=Count("pk"), aside=Count("pk", filter=aside))
    }
    labels = dict(MaterialRequest.Purpose.choices)
    found = {row["purpose"]: row for row in rows}
    return [
        Counted(str(labels[purpose]), row["asked"], row["answered"], *books.get(purpose, (0, 0)))
        for purpose in labels
        if (row := found.get(purpose))
    ]
