"""The bank of questions as pages show it."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from activities.models import BookList, Question, QuizQuestion


@dataclass(frozen=True)
class Asked:
    """What the bank is narrowed to; empty values narrow nothing."""

    words: str = ""
    book_list: int | None = None
    title: int | None = None
    kind: str = ""
    retired: bool = False


def bank(asked: Asked) -> QuerySet[Question]:
    """The questions with their book, and `papers`: on how many they stand; the newest first."""
    used = QuizQuestion.objects.filter(question=OuterRef("pk")).order_by().values("question")
    rows = Question.objects.filter(is_retired=asked.retired).select_related("title", "book_list")
    rows = rows.annotate(papers=Coalesce(Subquery(used.annotate(number=Count("pk")).values("number")), 0))
    if asked.words:
        rows = rows.filter(Q(text__icontains=asked.words) | Q(title__name__icontains=asked.words))
    for name in ("book_list", "title", "kind"):
        if value := getattr(asked, name):
            rows = rows.filter(**{name: value})
    return rows.order_by("-pk")


def lists_to_ask() -> list[tuple[int, str]]:
    """Booklists that questions can be tied to, the newest first: (key, name)."""
    return list(BookList.objects.order_by("-pk").values_list("pk", "name")[:200])
