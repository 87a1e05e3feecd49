"""Chinese Library Classification (CLC, 中图法) numbers: their shape, the class they stand for, the five divisions."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

MAIN_CLASSES = "ABCDEFGHIJKNOPQRSTUVXZ"  # no L, M, W, Y
# Industry (T) divides by a second letter; DF is the alternative schedule of law.
_LETTERS = r"(?:T[BDEFGHJKLMNPQSUV]?|DF|[A-KN-SUVXZ])"
_SHAPE = re.compile(rf"{_LETTERS}(?:[-0-9][-0-9A-Z.+=:/()<>\"#\[\]{{}}]*)?")
_RANGE = re.compile(r"(?P<first>.*\d)/(?P<sign>[.-]?)(?P<last>\d+)(?:\.\d+)?")
_DIGITS_OF = re.compile(r"(?P<letters>[A-Z]+)(?P<digits>[0-9.]*)(?P<rest>.*)")


class Division(models.IntegerChoices):
    """The five divisions (五大部类) that the 22 main classes roll up to."""

    MARXISM = 1, _("Marxism, Leninism, Mao Zedong Thought")
    PHILOSOPHY = 2, _("Philosophy and religion")
    SOCIAL_SCIENCES = 3, _("Social sciences")
    NATURAL_SCIENCES = 4, _("Natural sciences")
    GENERAL = 5, _("General works")


_FIRST_OF_DIVISION = {"A": Division.MARXISM, "B": Division.PHILOSOPHY, "Z": Division.GENERAL}


def normalise_clc(text: str) -> str:
    """Full-width signs become half-width, letters capital, blanks vanish, the brackets of an alternative class go."""
    number = "".join(unicodedata.normalize("NFKC", text).upper().split())
    return number[1:-1] if number[:1] + number[-1:] in {"[]", "{}"} else number


def is_clc_number(text: str) -> bool:
    """Whether it has the shape of a CLC number; built numbers that stand in no table (I287.45=2) have it too."""
    return _SHAPE.fullmatch(normalise_clc(text)) is not None


def main_class(clc_number: str) -> str:
    """One of the 22 letters: T for TP391; empty if it is no CLC number."""
    return normalise_clc(clc_number)[0] if is_clc_number(clc_number) else ""


def division(clc_number: str) -> Division | None:
    """The division of a number or main class; None if it is no CLC number."""
    letter = main_class(clc_number)
    if not letter:
        return None
    return _FIRST_OF_DIVISION.get(letter, Division.SOCIAL_SCIENCES if letter <= "K" else Division.NATURAL_SCIENCES)


def new_number(clc_number: str, *, to: str, instead_of: str = "") -> str:
    """The number of a re-classed title: `to`, or `to` in place of its beginning: with I28 for I24, I247.5 is I287.5.

    What does not begin so stays as it is.
    """
    if not instead_of:
        return to
    return pointed(to + clc_number[len(instead_of) :]) if clc_number.startswith(instead_of) else clc_number


def pointed(number: str) -> str:
    """With a point behind every three digits, as the CLC writes its numbers: K83712576-49 is K837.125.76-49."""
    found = _DIGITS_OF.fullmatch(number)
    if found is None:
        return number
    digits = found["digits"].replace(".", "")
    return found["letters"] + ".".join(digits[start : start + 3] for start in range(0, len(digits), 3)) + found["rest"]


def cut_to_depth(clc_number: str, depth: int) -> str:
    """The number with no more than so many letters and digits, as schools shorten it: I287.45 at 4 is I287; 0 is all.

    Signs that would be left at the end fall away, and a bracket that would not be closed goes with what it holds.
    """
    if depth <= 0:
        return clc_number
    end, counted = 0, 0
    for end, sign in enumerate(clc_number, start=1):
        counted += sign.isalnum()
        if counted > depth:
            end -= 1
            break
    short = clc_number[:end]
    for opening, closing in ("()", "[]", "<>"):
        if short.count(opening) > short.count(closing):
            short = short[: short.rindex(opening)]
    return short if end == len(clc_number) else short.rstrip('-.+=:/(<"#[')


def prefixes(codes: Iterable[str]) -> dict[str, str]:
    """What `longest_prefix` looks up: {prefix: code}. A range stands for each number in it: I5 is found in I3/7."""
    codes = list(codes)
    found = {code: code for code in codes}
    for code in codes:
        for prefix in _members(code):
            found.setdefault(prefix, code)
    return found


def longest_prefix(clc_number: str, codes: Mapping[str, str]) -> str | None:
    """The deepest class that a number belongs to; `codes` as from `prefixes`. None if it is no CLC number.

    A class's parent is not always a prefix of it, but a built number always begins with its class.
    """
    if not is_clc_number(clc_number):
        return None
    number = normalise_clc(clc_number)
    return next((codes[number[:end]] for end in range(len(number), 0, -1) if number[:end] in codes), None)


def _members(code: str) -> list[str]:
    """I3/7 -> I3 … I7; C829.3/.7 -> C829.3 … C829.7; E292/294.9 -> E292 … E294; nothing for a plain code."""
    found = _RANGE.fullmatch(code)
    if found is None:
        return []
    first, last = found["first"], found["last"]
    base, start = first[: -len(last)], first[-len(last) :]
    if not start.isdigit():
        return []
    return [f"{base}{number:0{len(last)}d}" for number in range(int(start), int(last) + 1)]
