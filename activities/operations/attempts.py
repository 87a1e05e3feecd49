"""Answering a paper: begun and saved in the browser, keyed in from paper, handed in and marked once.

An attempt is its own history: who keyed it in stands on it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activities.models import Attempt, Quiz
from activities.queries.papers import paper_of, papers_of
from activities.rules.quizzes import (
    EMPTY,
    GRACE,
    HANDED_IN,
    NOT_OPEN,
    TIME_IS_UP,
    Answers,
    answers_of,
    deadline,
    is_open,
    mark,
    readable,
)  # fmt: skip
from library_site.models import User
from library_site.shared.problems import Problem, Refused

IN_THE_BROWSER = Problem(
    "attempt_in_browser", _("This pupil has answered in the browser."), _("One pupil has one attempt.")
)
NOT_PAPER = Problem("attempt_not_paper", _("Only what was keyed in from paper can be taken back."))


def begin(*, quiz_id: int, reader_id: int, school_class_id: int | None, at: datetime) -> Attempt:
    """Begins a paper in the browser, or goes on with the one attempt that this reader has, in whatever window.

    Refused while it is not open. Whether it is meant for this reader is asked by whoever calls.
    """
    with transaction.atomic(durable=True):
        known = Attempt.objects.filter(quiz=quiz_id, reader=reader_id).first()
        if known is not None:
            return known
        quiz = Quiz.objects.get(pk=quiz_id)
        if not is_open(quiz.opens_at, quiz.closes_at, at):
            raise Refused([NOT_OPEN])
        if not quiz.questions.exists():
            raise Refused([EMPTY])
        values = {"school_class_id": school_class_id, "source": Attempt.Source.BROWSER, "started_at": at}
        attempt, _new = Attempt.objects.get_or_create(quiz=quiz, reader_id=reader_id, defaults=values)
        return attempt


def save_answers(*, attempt_id: int, answers: Mapping[str, Sequence[int]], at: datetime) -> Attempt:
    """Keeps what was answered so far. Refused once handed in, or when the time is up."""
    with transaction.atomic(durable=True):
        attempt = _locked(attempt_id)
        if attempt.handed_in_at is not None:
            raise Refused([HANDED_IN])
        if at > deadline_of(attempt) + GRACE:
            raise Refused([TIME_IS_UP])
        attempt.answers = readable(paper_of(attempt.quiz_id), answers)
        attempt.save(update_fields=["answers"])
        return attempt


def hand_in(*, attempt_id: int, answers: Mapping[str, Sequence[int]] | None, at: datetime) -> Attempt:
    """Marks the answers, once: handed in again, the first time stands.

    What comes after the time is not looked at; then what had been saved is marked.
    """
    with transaction.atomic(durable=True):
        attempt = _locked(attempt_id)
        if attempt.handed_in_at is not None:
            return attempt
        paper, until = paper_of(attempt.quiz_id), deadline_of(attempt)
        if answers is not None and at <= until + GRACE:
            attempt.answers = readable(paper, answers)
        attempt.points = mark(paper, attempt.answers)
        attempt.handed_in_at = max(attempt.started_at, min(at, until))
        attempt.save(update_fields=["answers", "points", "handed_in_at"])
        return attempt


def key_in(*, quiz_id: int, reader_id: int, school_class_id: int, keyed: str, by: User, at: datetime) -> Attempt:
    """Marks a paper from its letters (`rules.quizzes.answers_of`); keyed in again, the last time stands.

    An attempt begun in the browser and never handed in is given up for the paper. Refused where the reader handed in
    in the browser, or the letters do not fit the paper.
    """
    paper = paper_of(quiz_id)
    answers, problems = answers_of(paper, keyed)
    if not paper:
        problems = [EMPTY]
    if problems:
        raise Refused(problems)
    values = _marked(answers, mark(paper, answers), at) | {"school_class_id": school_class_id, "by": by}
    with transaction.atomic(durable=True):
        attempt, is_new = Attempt.objects.select_for_update(no_key=True).get_or_create(
            quiz_id=quiz_id, reader_id=reader_id, defaults={"started_at": at, **values}
        )
        if is_new:
            return attempt
        if attempt.source == Attempt.Source.BROWSER and attempt.handed_in_at is not None:
            raise Refused([IN_THE_BROWSER])
        for name, value in values.items():
            setattr(attempt, name, value)
        attempt.save(update_fields=[*values])
        return attempt


def take_back(*, quiz_id: int, reader_id: int) -> None:
    """Takes back what was keyed in for the wrong pupil. Refused for what was answered in the browser."""
    with transaction.atomic(durable=True):
        attempt = Attempt.objects.select_for_update().filter(quiz=quiz_id, reader=reader_id).first()
        if attempt is None:
            return
        if attempt.source != Attempt.Source.PAPER:
            raise Refused([NOT_PAPER])
        attempt.delete()


def finish_overdue(*, at: datetime, quiz_id: int | None = None) -> int:
    """Hands in, as saved, the attempts whose time is up; returns how many. Those in the middle of an act are left."""
    open_ones = Attempt.objects.filter(handed_in_at=None).select_related("quiz")
    open_ones = open_ones.filter(quiz=quiz_id) if quiz_id else open_ones
    with transaction.atomic(durable=True):
        rows = open_ones.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk")
        late = [row for row in rows if at > deadline_of(row) + GRACE]
        papers = papers_of(sorted({row.quiz_id for row in late}))
        for row in late:
            row.points, row.handed_in_at = mark(papers[row.quiz_id], row.answers), deadline_of(row)
            row.handed_in_at = max(row.started_at, row.handed_in_at)
        Attempt.objects.bulk_update(late, ["points", "handed_in_at"])
        return len(late)


def deadline_of(attempt: Attempt) -> datetime:
    """When the answers must be in; `attempt.quiz` must have been read."""
    return deadline(attempt.started_at, minutes=attempt.quiz.minutes, closes_at=attempt.quiz.closes_at)


def _locked(attempt_id: int) -> Attempt:
    rows = Attempt.objects.select_related("quiz").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=attempt_id)


def _marked(answers: Answers, points: int, at: datetime) -> dict[str, object]:
    return {"answers": answers, "points": points, "handed_in_at": at, "source": Attempt.Source.PAPER}
