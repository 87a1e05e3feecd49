"""Numbers of copies: runs of them, and why one cannot be given."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library_site.shared.codes import isbn13
from library_site.shared.problems import Problem

LONGEST = 32
_LAST_DIGITS = re.compile(r"(.*?)([0-9]+)([^0-9]*)", re.DOTALL)
NO_DIGITS = Problem("no_digits", gettext_lazy("This number has no digits to count on from."), field="barcode")


@dataclass(frozen=True)
class Bearer:
    """What bears a number, or bore it: a copy by its barcode or accession number, or a library card."""

    number: str
    kind: str  # "copy", "accession", "former" or "card"
    copy_id: int | None = None
    title: str = ""

    @property
    def text(self) -> str:
        """What the number is taken by, in words."""
        words: dict[str, Any] = {
            "copy": _("%(number)s is the barcode of 《%(title)s》."),
            "accession": _("%(number)s is the accession number of 《%(title)s》."),
            "former": _("%(number)s is the old barcode of 《%(title)s》, which is still found by it."),
            "card": _("%(number)s is the number of a library card."),
        }
        return words[self.kind] % {"number": self.number, "title": self.title}


def number_range(first: str, count: int) -> list[str]:
    """`count` numbers from `first` on: the last digits count, whatever stands around them stays.

    Leading zeros stay (A0099, A0100); past the last of its width a number grows (A99, A100). Empty if `first` has no
    digits to count by and more than one number is wanted.
    """
    if count == 1:
        return [first]
    found = _LAST_DIGITS.fullmatch(first)
    if found is None:
        return []
    before, digits, behind = found.groups()
    start = int(digits)
    return [f"{before}{value:0{len(digits)}d}{behind}" for value in range(start, start + count)]


def number_problems(numbers: Sequence[str], bearers: dict[str, Bearer]) -> list[Problem]:
    """Why these cannot become barcodes: every one that cannot, each with its reason."""
    problems = [problem for number in dict.fromkeys(numbers) if (problem := _shape_problem(number))]
    twice = [number for number, times in Counter(numbers).items() if times > 1]
    problems += [
        Problem("number_twice", _("%(number)s stands here twice.") % {"number": number}, field="barcode")
        for number in twice
    ]
    problems += [taken(bearers[number]) for number in dict.fromkeys(numbers) if number in bearers]
    return problems


def taken(bearer: Bearer) -> Problem:
    """The problem that a number is borne already."""
    return Problem("number_taken", bearer.text, _("A number is never given twice."), field="barcode")


def _shape_problem(number: str) -> Problem | None:
    if not number:
        return Problem("no_number", _("There is no barcode."), field="barcode")
    if len(number) > LONGEST:
        text = _("%(number)s is too long: a barcode has at most %(most)d signs.")
        return Problem("number_long", text % {"number": number, "most": LONGEST}, field="barcode")
    if len(number) == 13 and isbn13(number):
        text = _("%(number)s is the publisher's ISBN, not our label.")
        return Problem("number_is_isbn", text % {"number": number}, _("Scan the school's label."), field="barcode")
    return None
