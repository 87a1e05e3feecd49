"""What several pages of surveys show: questions to be answered, and what came out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from activities.models import Survey, SurveyQuestion
from activities.rules.surveys import LEAST_SHEETS, SCALE, Tally
from library_site.shared.charts import Chart, Series


def given_in(request: HttpRequest, questions: Sequence[SurveyQuestion]) -> dict[str, list[str]]:
    """{question: what was sent for it}."""
    return {str(question.pk): request.POST.getlist(f"q{question.pk}") for question in questions}


def questions_page(
    survey: Survey, questions: Sequence[SurveyQuestion], given: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Any]:
    """Each question with its options: (question, [(value, label, chosen)], words)."""
    lines = []
    for question in questions:
        sent = (given or {}).get(str(question.pk), [])
        lines.append((question, _options(question, sent), " ".join(sent)))
    return {"survey": survey, "lines": lines}


def _options(question: SurveyQuestion, sent: Sequence[str]) -> list[tuple[int, str, bool]]:
    if question.kind == SurveyQuestion.Kind.SCALE:
        return [(number, str(number), str(number) in sent) for number in SCALE]
    return [(number, text, str(number) in sent) for number, text in enumerate(question.options)]


def outcome_page(survey: Survey, rows: Sequence[Tally], sheets: int) -> dict[str, Any]:
    """Each question with its chart; too few answers are not shown: they would tell whose they are."""
    enough = sheets >= LEAST_SHEETS
    charts = [(row, _chart(row) if row.rows else None) for row in rows] if enough else []
    return {"survey": survey, "sheets": sheets, "enough": enough, "charts": charts, "least": LEAST_SHEETS}


def _chart(row: Tally) -> Chart:
    return Chart(
        f"chart-{row.question.pk}",
        "bar",
        _("Chosen by"),
        [text for text, _number, _share in row.rows],
        [Series(_("Chosen by"), [number for _text, number, _share in row.rows])],
        table=f"table-{row.question.pk}",
    )
