"""When a survey is open and to whom, what an answer must look like, and what the answers come to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.models import Survey, SurveyQuestion
from activities.rules.audience import InGrade, grades_match
from library_site.shared.figures import ratio
from library_site.shared.problems import Problem
from readers.models import Reader

Kind = SurveyQuestion.Kind
MOST_OPTIONS = 9  # each has a digit on the keyboard
LONGEST_OPTION = 100
LONGEST_WORDS = 500
MOST_QUESTIONS = 30
SCALE = range(1, 6)
LEAST_SHEETS = 3  # fewer answers would tell whose they are

NO_QUESTIONS = Problem("no_questions", _("Ask at least one question first."))
IS_OVER = Problem("is_over", _("This survey is over."))
IS_PUBLISHED = Problem("is_published", _("It is published: its questions stay as people answer them."))
HAS_ANSWERS = Problem("has_answers", _("It has been answered already."))
NOT_OPEN = Problem("not_open", _("This survey is not open now."))
NOT_MEANT = Problem("not_meant", _("This survey is for others."))
ANSWERED = Problem("answered", _("You have answered this survey already. Thank you."))
NOTHING_ANSWERED = Problem("nothing_answered", _("Answer at least one question."))
NO_TEXT = Problem("no_text", _("What is asked?"), field="text")
TOO_MANY_QUESTIONS = Problem("too_many_questions", _("At most 30 questions: a short survey is answered."))
OPTIONS = Problem("options", _("Give 2 to 9 options, each on a line of its own."), field="options")
DATES = Problem("dates", _("It closes before it opens."), field="closes_on")


class Stage(StrEnum):
    """What a survey is at, from its plan to its end."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    OVER = "over"  # no longer answered in the browser; sheets of paper may still be keyed in
    CLOSED = "closed"


STAGES = {
    Stage.DRAFT: _("being prepared"),
    Stage.COMING: _("opens soon"),
    Stage.OPEN: _("open now"),
    Stage.OVER: _("to be closed"),
    Stage.CLOSED: _("closed"),
}


def stage_of(survey: Survey, day: date) -> Stage:
    """What the survey is at on a day."""
    if survey.closed_at is not None:
        return Stage.CLOSED
    if survey.published_at is None:
        return Stage.DRAFT
    if day > survey.closes_on:
        return Stage.OVER
    return Stage.OPEN if day >= survey.opens_on else Stage.COMING


def is_meant(survey: Survey, *, category: str, school_class: InGrade | None) -> bool:
    """Whether somebody of this category and class is asked; grades mean pupils only."""
    if survey.category and survey.category != category:
        return False
    if not survey.stage:
        return True
    return category == Reader.Category.STUDENT and school_class is not None and grades_match(survey, school_class)


def question_problems(*, kind: str, text: str, options: Sequence[str], others: int) -> list[Problem]:
    """What speaks against a question."""
    chosen = kind in {Kind.SINGLE, Kind.SEVERAL}
    fits = 2 <= len(options) <= MOST_OPTIONS and all(len(option) <= LONGEST_OPTION for option in options)
    facts = [
        (not text.strip(), NO_TEXT),
        (chosen and not (fits and len(set(options)) == len(options)), OPTIONS),
        (others >= MOST_QUESTIONS, TOO_MANY_QUESTIONS),
    ]
    return [problem for applies, problem in facts if applies]


def read_answers(questions: Iterable[SurveyQuestion], given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What a sheet says, as it is kept: {question: number of the option | numbers | 1 to 5 | words}.

    `given` is {question: texts as sent}. What is empty or no answer to its question is left out.
    """
    read = ((str(question.pk), _read(question, given.get(str(question.pk), ()))) for question in questions)
    return {key: value for key, value in read if value is not None}


def _read(question: SurveyQuestion, texts: Sequence[str]) -> Any:
    if question.kind == Kind.TEXT:
        words = " ".join(texts).replace("\x00", "")  # which no database keeps
        return words.strip()[:LONGEST_WORDS] or None
    allowed = SCALE if question.kind == Kind.SCALE else range(len(question.options))
    numbers = sorted({int(text) for text in texts if text.isdecimal() and len(text) < 3} & set(allowed))
    if question.kind == Kind.SEVERAL:
        return numbers or None
    return numbers[0] if len(numbers) == 1 else None


@dataclass(frozen=True)
class Tally:
    """What a question came to: `rows` are (option, answers, share of those who answered it in per cent)."""

    question: SurveyQuestion
    answered: int
    rows: list[tuple[str, int, Decimal | None]]
    mean: Decimal | None
    words: list[str]


def tallies(questions: Iterable[SurveyQuestion], sheets: Sequence[Mapping[str, Any]]) -> list[Tally]:
    """Counts all sheets, question by question. Words come in the order of the sheets, which is nobody's."""
    return [_tally(question, [sheet.get(str(question.pk)) for sheet in sheets]) for question in questions]


def _tally(question: SurveyQuestion, given: list[Any]) -> Tally:
    values = [value for value in given if value is not None]
    if question.kind == Kind.TEXT:
        return Tally(question, len(values), [], None, [str(value) for value in values])
    options = [(str(number), number) for number in SCALE]
    if question.kind != Kind.SCALE:
        options = [(text, number) for number, text in enumerate(question.options)]
    counts = Counter(number for value in values for number in (value if isinstance(value, list) else [value]))
    rows = [(text, counts[number], ratio(counts[number], len(values), percent=True)) for text, number in options]
    mean = ratio(sum(values), len(values)) if question.kind == Kind.SCALE else None
    return Tally(question, len(values), rows, mean, [])
