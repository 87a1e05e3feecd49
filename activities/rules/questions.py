"""Questions of a quiz: what makes one complete, and how answers are written as letters."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from activities.models import Question
from library_site.shared.problems import Problem

LETTERS = "ABCDEF"
MOST_OPTIONS = len(LETTERS)

NO_TEXT = Problem("question_text", _("The question has no words."), field="text")
FEW_OPTIONS = Problem("question_options", _("A choice needs two options or more, without a gap."), field="option_a")
MANY_OPTIONS = Problem("question_many", _("There is room for six options."), field="option_a")
OPTION_TWICE = Problem("question_twice", _("Two options say the same."), field="option_a")
NO_ANSWER = Problem("question_answer", _("Which answer is right is missing."), field="answer")
ANSWER_UNREAD = Problem("answer_unread", _("The right answer is none of the options."), field="answer")


@dataclass(frozen=True)
class Draft:
    """A question as it was entered: `right` are places from 0; of right-or-wrong, 0 is right and 1 is wrong."""

    text: str
    options: tuple[str, ...] = ()
    right: tuple[int, ...] = ()
    explanation: str = ""

    @property
    def kind(self) -> str:
        """What was entered says it: no options are right or wrong, several right ones are a choice of several."""
        if not self.options:
            return Question.Kind.YES_NO
        return Question.Kind.SEVERAL if len(self.right) > 1 else Question.Kind.SINGLE


def question_problems(draft: Draft) -> list[Problem]:
    """Every reason why this is no question that can be asked."""
    checks = [
        (NO_TEXT, not draft.text),
        (FEW_OPTIONS, len(draft.options) == 1 or "" in draft.options),
        (MANY_OPTIONS, len(draft.options) > MOST_OPTIONS),
        (OPTION_TWICE, len(set(draft.options)) < len(draft.options)),
        (NO_ANSWER, not draft.right),
        (ANSWER_UNREAD, bool(draft.right) and not set(draft.right) <= set(range(options_of(draft.options)))),
    ]
    return [problem for problem, holds in checks if holds]


def options_of(options: Sequence[str]) -> int:
    """How many answers there are to choose from; right or wrong are two."""
    return len(options) or 2


def as_letters(places: Collection[int]) -> str:
    """[0, 2] as "AC"."""
    return "".join(LETTERS[place] for place in sorted(places) if place < MOST_OPTIONS)


def places_of(letters: str) -> tuple[int, ...]:
    """The places of letters in order, each once; signs that are no letter of an option are left out."""
    return tuple(sorted({LETTERS.index(sign) for sign in letters.upper() if sign in LETTERS}))
