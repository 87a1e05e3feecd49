"""A paper as it is asked and marked."""

from collections.abc import Sequence

from activities.models import QuizQuestion
from activities.rules.quizzes import Line


def paper_of(quiz_id: int) -> list[Line]:
    """The questions of a paper in its order. One statement."""
    rows = QuizQuestion.objects.filter(quiz=quiz_id).select_related("question").order_by("position", "pk")
    return [_line(row) for row in rows]


def papers_of(quiz_ids: Sequence[int]) -> dict[int, list[Line]]:
    """As `paper_of`, of several papers. One statement."""
    rows = QuizQuestion.objects.filter(quiz__in=quiz_ids).select_related("question").order_by("position", "pk")
    papers: dict[int, list[Line]] = {pk: [] for pk in quiz_ids}
    for row in rows:
        papers[row.quiz_id].append(_line(row))
    return papers


def _line(row: QuizQuestion) -> Line:
    question = row.question
    return Line(
        question_id=question.pk,
        kind=question.kind,
        text=question.text,
        options=tuple(question.options),
        right=tuple(question.right),
        points=row.points,
        explanation=question.explanation,
    )
