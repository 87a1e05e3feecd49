"""Surveys as the librarian's list and the readers' page show them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from activities.models import Survey, SurveyQuestion, SurveyVoter
from activities.rules.audience import InGrade
from activities.rules.surveys import Tally, is_meant, tallies

MOST_SHOWN = 20  # closed surveys whose results readers see


def surveys() -> QuerySet[Survey, Any]:
    """All surveys with `asked` (questions) and `sheets` (answers), the newest first."""
    rows = Survey.objects.annotate(
        asked=Count("questions", distinct=True),
        sheets=Count("answers", distinct=True),
        on_paper=Count("answers", filter=Q(answers__is_paper=True), distinct=True),
    )
    return rows.order_by("-opens_on", "-pk")


def questions_of(survey: Survey) -> list[SurveyQuestion]:
    """In their order."""
    return list(survey.questions.order_by("position", "pk"))


def open_surveys(*, reader_id: int, category: str, school_class: InGrade | None, day: date) -> Sequence[Survey]:
    """What a reader can answer now and has not, what closes first before. One statement."""
    mine = SurveyVoter.objects.filter(survey=OuterRef("pk"), reader=reader_id)
    rows = Survey.objects.filter(~Exists(mine), closed_at=None, opens_on__lte=day, closes_on__gte=day)
    rows = rows.filter(published_at__isnull=False).order_by("closes_on", "pk")
    return [row for row in rows if is_meant(row, category=category, school_class=school_class)]


def told_surveys(*, category: str, school_class: InGrade | None) -> Sequence[Survey]:
    """Closed surveys of the reader's own kind whose results are shown, the last first. One statement."""
    rows = Survey.objects.filter(closed_at__isnull=False, shows_results=True).order_by("-closed_at", "-pk")
    return [row for row in rows[:MOST_SHOWN] if is_meant(row, category=category, school_class=school_class)]


def outcome(survey: Survey) -> list[Tally]:
    """What the answers come to, question by question. Two statements."""
    sheets = list(survey.answers.order_by("key").values_list("answers", flat=True))
    return tallies(questions_of(survey), sheets)
