"""Papers of a quiz: made, filled from the bank, and left alone once somebody has begun."""

from collections.abc import Mapping, Sequence
from random import SystemRandom
from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.models import Attempt, Question, Quiz, QuizQuestion
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

COLUMNS = ("name", "minutes", "opens_at", "closes_at", "shuffles", "shows_answers")
BEGUN = Problem(
    "quiz_begun", _("Somebody has answered this paper already: its questions stay as they are."), field="questions"
)
HAS_ATTEMPTS = Problem("quiz_has_attempts", _("This paper has answers and cannot be deleted."))
TOO_FEW = Problem("bank_too_small", _("The bank has fewer questions of this kind that are not on the paper yet."))
MOST_QUESTIONS = 100


def save_quiz(
    *, quiz_id: int | None = None, activity_id: int, values: Mapping[str, Any], by: User, address: str | None = None
) -> Quiz:
    """Makes a paper of an activity, or changes its name, time and hours."""
    with act("save_quiz", by=by, address=address):
        row = Quiz.objects.select_for_update().get(pk=quiz_id) if quiz_id else Quiz(activity_id=activity_id)
        for column in COLUMNS:
            setattr(row, column, values[column])
        row.save()
        return row


def put_on_paper(*, quiz_id: int, question_ids: Sequence[int], by: User, address: str | None = None) -> int:
    """Puts questions of the bank at the end of a paper, each once; returns how many were new. Refused once begun."""
    with act("put_on_paper", by=by, address=address):
        quiz = _not_begun(quiz_id)
        lines = list(QuizQuestion.objects.filter(quiz=quiz).order_by("position", "pk"))
        there = {line.question_id for line in lines}
        asked = Question.objects.filter(pk__in=question_ids, is_retired=False).values_list("pk", flat=True)
        wanted = set(asked) - there
        new = [pk for pk in dict.fromkeys(question_ids) if pk in wanted][: MOST_QUESTIONS - len(lines)]
        last = lines[-1].position if lines else 0
        points = lines[-1].points if lines else 1
        rows = [
            QuizQuestion(quiz=quiz, question_id=pk, position=position, points=points)
            for position, pk in enumerate(new, start=last + 1)
        ]
        QuizQuestion.objects.bulk_create(rows)
        return len(rows)


def draw(*, quiz_id: int, among: Sequence[int], number: int, by: User, address: str | None = None) -> int:
    """Puts so many questions by lot on the paper, of those named. Refused where they are too few."""
    there = set(QuizQuestion.objects.filter(quiz=quiz_id).values_list("question_id", flat=True))
    free = [pk for pk in among if pk not in there]
    if len(free) < number:
        raise Refused([TOO_FEW])
    chosen = SystemRandom().sample(free, number)
    return put_on_paper(quiz_id=quiz_id, question_ids=chosen, by=by, address=address)


def arrange(*, quiz_id: int, points: Mapping[int, int], by: User, address: str | None = None) -> None:
    """Sets the questions of a paper to those named, in their order, each with its points; others are taken off.

    Refused once somebody has begun.
    """
    with act("arrange_paper", by=by, address=address):
        quiz = _not_begun(quiz_id)
        lines = {line.question_id: line for line in QuizQuestion.objects.filter(quiz=quiz)}
        QuizQuestion.objects.filter(quiz=quiz).exclude(question__in=points).delete()
        kept = [pk for pk in points if pk in lines]
        for position, pk in enumerate(kept, start=1):
            lines[pk].position, lines[pk].points = position, points[pk]
        QuizQuestion.objects.bulk_update([lines[pk] for pk in kept], ["position", "points"])


def delete_quiz(*, quiz_id: int, by: User, address: str | None = None) -> None:
    """Deletes a paper that nobody has answered."""
    with act("delete_quiz", by=by, address=address):
        quiz = Quiz.objects.select_for_update().get(pk=quiz_id)
        if Attempt.objects.filter(quiz=quiz).exists():
            raise Refused([HAS_ATTEMPTS])
        QuizQuestion.objects.filter(quiz=quiz).delete()
        quiz.delete()


def _not_begun(quiz_id: int) -> Quiz:
    """The paper under a lock that holds off whoever would begin now. Refused once somebody has begun."""
    quiz = Quiz.objects.select_for_update().get(pk=quiz_id)  # an attempt's foreign key waits for this lock
    if Attempt.objects.filter(quiz=quiz).exists():
        raise Refused([BEGUN])
    return quiz
