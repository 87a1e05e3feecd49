"""Marking a paper, its time, the order in which somebody sees it, and answers keyed in as letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from activities.models import Question
from activities.rules.questions import LETTERS, options_of
from library_site.shared.problems import Problem

Answers = dict[str, list[int]]  # {question: places}, as JSON keeps it

GRACE = timedelta(seconds=20)  # what was sent in the last second may still be on its way
BLANK = "-"

NOT_OPEN = Problem("quiz_not_open", _("This quiz is not open now."))
NOT_FOR_YOU = Problem("quiz_not_for_you", _("This quiz is for other classes."))
EMPTY = Problem("quiz_empty", _("This paper has no questions yet."))
HANDED_IN = Problem("attempt_handed_in", _("These answers were handed in already."))
TIME_IS_UP = Problem("attempt_late", _("The time is up."))
TOO_MANY_SIGNS = Problem("keyed_too_many", _("There are more answers than questions."))
UNREAD_SIGN = Problem("keyed_unread", _("An answer is none of the options."))


@dataclass(frozen=True)
class Line:
    """A question on a paper. `kind` and `right` are as in the bank."""

    question_id: int
    kind: str
    text: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    points: int
    explanation: str = ""

    @property
    def choices(self) -> int:
        return options_of(self.options)

    @property
    def takes_several(self) -> bool:
        return self.kind == Question.Kind.SEVERAL


def total(lines: Sequence[Line]) -> int:
    """What the paper is worth."""
    return sum(line.points for line in lines)


def is_right(line: Line, answers: Mapping[str, Sequence[int]]) -> bool:
    """All of the right options and none else; a part of them is not right."""
    return tuple(answers.get(str(line.question_id), ())) == line.right


def mark(lines: Sequence[Line], answers: Mapping[str, Sequence[int]]) -> int:
    """The points of these answers."""
    return sum(line.points for line in lines if is_right(line, answers))


def readable(lines: Sequence[Line], raw: Mapping[str, Sequence[int]]) -> Answers:
    """The answers that the paper has room for: of its own questions, options that exist, one where one is right."""
    kept: Answers = {}
    for line in lines:
        places = sorted({place for place in raw.get(str(line.question_id), ()) if 0 <= place < line.choices})
        if places and (line.takes_several or len(places) == 1):
            kept[str(line.question_id)] = places
    return kept


def deadline(started_at: datetime, *, minutes: int, closes_at: datetime | None) -> datetime:
    """When answers must be in: after the minutes allowed, and at the latest when the quiz closes."""
    own = started_at + timedelta(minutes=minutes)
    return min(own, closes_at) if closes_at else own


def is_open(opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> bool:
    """Whether it may be begun in the browser; a paper without an hour of opening is for print alone."""
    return opens_at is not None and opens_at <= at and (closes_at is None or at < closes_at)


def in_order(lines: Sequence[Line], seed: UUID, *, shuffles: bool) -> list[Line]:
    """The questions as one person sees them: the same seed gives the same order each time."""
    shown = list(lines)
    if shuffles:
        Random(seed.int).shuffle(shown)  # noqa: S311  # an order, no secret
    return shown


def answers_of(lines: Sequence[Line], keyed: str) -> tuple[Answers, list[Problem]]:
    """What was keyed from a paper, question after question: "AC B - A".

    One sign is one answer; a question with several right ones takes all letters up to a blank. "-" is no answer, what
    is missing at the end is none either.
    """
    answers: Answers = {}
    rest = keyed.upper().strip()
    for line in lines:
        signs, rest = _next(line, rest)
        places = [LETTERS.index(sign) for sign in signs if sign in LETTERS]
        if any(sign not in LETTERS + BLANK for sign in signs) or any(place >= line.choices for place in places):
            return {}, [UNREAD_SIGN]
        if places:
            answers[str(line.question_id)] = sorted(set(places))
    return (answers, []) if not rest else ({}, [TOO_MANY_SIGNS])


def _next(line: Line, rest: str) -> tuple[str, str]:
    """The signs of one question, and what follows them."""
    if line.takes_several:
        signs, _blank, after = rest.partition(" ")
        return signs, after.strip()
    return rest[:1], rest[1:].strip()


def keyed_again(lines: Sequence[Line], answers: Mapping[str, Sequence[int]]) -> list[str]:
    """The letters of each question, as the page shows what was keyed; "-" for none."""
    return [
        "".join(LETTERS[place] for place in answers.get(str(line.question_id), ()) if place < len(LETTERS)) or BLANK
        for line in lines
    ]
