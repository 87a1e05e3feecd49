"""What standards measure, and a school's own figures beside what they demand. Shares are of the classified copies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.rules.classification import MAIN_CLASSES, Division, division
from library_site.models.school import Stage
from library_site.shared.figures import HUNDREDTH, ratio
from reports.models import StandardRow
from reports.rules.catalogue import CATALOGUE, COPIES, TITLES, Words
from reports.rules.numbers import written

Sense = StandardRow.Sense
HOURS = pgettext_lazy("unit", "hours")
PER_STUDENT = ("holdings_per_student", "additions_per_student")
# Reference works (工具书) by their CLC numbers: encyclopaedias, dictionaries, yearbooks, bibliographies, and whatever
# bears the form marks -61 to -64 (terms, manuals, tables). Teaching-reference books (教学参考书): education, for
# teachers. No source gives such a list: the school may enter its own count.
REFERENCE_NUMBERS = r"^(Z[2358]|H16|H3[1-7]6)|-6[1-4]"
TEACHING_NUMBERS = r"^G[4-7]"


@dataclass(frozen=True)
class Measure:
    """Something that a standard may demand. `unit` of the demand, `gap_unit` of what is missing.

    `subject` says what the row's classes mean: "classes", "stage" (of students), or nothing. `by_hand`: the figure may
    be entered for a semester; `sense` fixed where only one makes sense.
    """

    code: str
    name: Words
    formula: Words
    unit: Words
    gap_unit: Words = ""
    subject: str = ""
    by_hand: bool = False
    sense: str = ""


def _of_catalogue(code: str, gap_unit: Words, **more: Any) -> Measure:
    spec = CATALOGUE[code]
    return Measure(code, spec.name, spec.formula, spec.unit, gap_unit, **more)


MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        _of_catalogue("holdings_per_student", COPIES, subject="stage"),
        _of_catalogue("copies_held", COPIES),
        _of_catalogue("additions_per_student", COPIES),
        Measure("share", _("Share"), _("copies of these classes ÷ copies that have a class × 100%"), "%", COPIES,
                subject="classes"),
        Measure("copies_of_title", _("Copies of one title"), _("most copies of the same volume that are held"), COPIES,
                COPIES, sense=Sense.AT_MOST),
        Measure("reference_titles", _("Reference and teaching-reference books"),
                _("titles held of Z2, Z3, Z5, Z8, dictionaries (H16, H316 and the like), form marks -61 to -64, and of "
                  "G4 to G7 for teachers"), TITLES, TITLES, by_hand=True),
        Measure("periodical_titles", _("Newspapers and periodicals"), _("titles subscribed to, entered by hand"),
                TITLES, TITLES, by_hand=True),
        Measure("opening_hours", _("Opening hours a week"), _("hours of the calendar for all readers, of one week"),
                HOURS, HOURS, by_hand=True),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A number of the school's own: `over`, divided by `under` where there is one. `note`: why it was entered by hand.

    `over` None is unknown, never 0.
    """

    over: Decimal | None
    under: int | None = None
    note: str = ""

    @property
    def value(self) -> Decimal | None:
        if self.over is None or self.under is None:
            return self.over
        return (self.over / self.under).quantize(HUNDREDTH, ROUND_HALF_UP) if self.under else None


UNKNOWN = Known(None)


@dataclass(frozen=True)
class Own:
    """What the school has: `known` by measure, `classes` {main class, '' without: copies}, `sets` {copies: how many
    volumes have so many}, `students` by stage."""

    known: Mapping[str, Known]
    classes: Mapping[str, int]
    sets: Mapping[int, int]
    students: Mapping[str, int]

    @property
    def classified(self) -> int:
        return sum(copies for letter, copies in self.classes.items() if letter)

    @property
    def unclassified(self) -> int:
        return self.classes.get("", 0)

    def of(self, letters: Iterable[str]) -> int:
        return sum(self.classes.get(letter, 0) for letter in letters)

    def number(self, measure: str) -> Known:
        return self.known.get(measure, UNKNOWN)

    def with_bought(self, bought: Mapping[str, int], *, reference_titles: int = 0) -> "Own":
        """As it will be once so many copies of each class have come, `reference_titles` of them reference works."""
        copies = sum(bought.values())
        more = {**dict.fromkeys((*PER_STUDENT, "copies_held"), copies), "reference_titles": reference_titles}
        known = {code: _plus(number, more.get(code, 0)) for code, number in self.known.items()}
        letters = {*self.classes, *bought}
        classes = {letter: self.classes.get(letter, 0) + bought.get(letter, 0) for letter in letters}
        return replace(self, known=known, classes=classes)


def _plus(number: Known, more: int) -> Known:
    return number if number.over is None else replace(number, over=number.over + more)


@dataclass(frozen=True)
class Line:
    """A demand with the school's own figure: `gap` is what is missing (at most: what is too much), 0 where it is met.

    `own` None is unknown; then there is no gap to know either. `words` explain a demand that was put together.
    """

    measure: Measure
    subject: str
    sense: str
    value: Decimal
    own: Decimal | None
    gap: Decimal | None
    sum_text: str = ""
    words: str = ""
    is_sure: bool = True
    note: str = ""
    entered: str = ""

    @property
    def met(self) -> bool | None:
        return None if self.gap is None else self.gap == 0

    @property
    def name(self) -> str | Promise:
        return subject_name(self.measure, self.subject) if self.measure.subject == "classes" else self.measure.name

    @property
    def is_whole(self) -> bool:
        """Whether it is a count."""
        return self.measure.code not in {*PER_STUDENT, "share", "opening_hours"}

    @property
    def short_name(self) -> str | Promise:
        return self.subject.replace("-", "–") if self.measure.subject == "classes" else self.measure.name

    @property
    def value_text(self) -> str:
        return _plain(self.value) + (str(self.measure.unit) if self.measure.unit == "%" else "")

    @property
    def own_text(self) -> str:
        return written(self.own, whole=self.is_whole, unit="%" if self.measure.unit == "%" else "")

    @property
    def gap_text(self) -> str:
        return "" if not self.gap else _plain(self.gap)


def _plain(number: Decimal) -> str:
    """25, 1.5, 28.57, 12,000: no zeros behind the point."""
    places = -min(0, int(number.normalize().as_tuple().exponent))
    return written(number, whole=True) if places == 0 else f"{number.normalize():f}"


def subject_name(measure: Measure, subject: str) -> str:
    """ "A", "I+J", for a whole division its name behind it; the name of a stage."""
    if measure.subject == "stage" and subject:
        return str(Stage(subject).label)
    if measure.subject != "classes":
        return ""
    letters = classes_of(subject)
    of_division = {part: frozenset(letter for letter in MAIN_CLASSES if division(letter) == part) for part in Division}
    name = next((str(part.label) for part, members in of_division.items() if members == letters), "")
    return f"{subject.replace('-', '–')} {name}".strip()


def classes_of(subject: str) -> frozenset[str]:
    """The main classes that "A", "C-K" (a range), "I+J" or "A-K+Z" name. Raises ValueError for anything else."""
    found: set[str] = set()
    for part in subject.upper().replace(" ", "").split("+"):
        first, dash, last = part.partition("-")
        last = last if dash else first
        if not {first, last} <= set(MAIN_CLASSES) or last < first:
            raise ValueError(subject)
        found |= {letter for letter in MAIN_CLASSES if first <= letter <= last}
    return frozenset(found)


def compared(rows: Iterable[StandardRow], own: Own) -> list[Line]:
    """The rows of one standard beside the school's own, in the order of `MEASURES`, shares as the classes stand.

    What is demanded per student of several stages (nine-year schools) is one line: the sum of both.
    """
    order = list(MEASURES)
    known = [row for row in rows if row.measure in MEASURES]
    ordered = sorted(known, key=lambda row: (order.index(row.measure), row.subject, row.sense))
    lines: list[Line] = []
    for (code, sense), group in groupby(ordered, key=lambda row: (row.measure, row.sense)):
        lines += _COMPARE.get(code, _simple)(MEASURES[code], sense, list(group), own)
    return lines


def _simple(measure: Measure, sense: str, rows: Sequence[StandardRow], own: Own) -> Iterator[Line]:
    number = own.number(measure.code)
    for row in rows:
        gap = None if number.over is None else _gap(sense, number.over, row.value)
        yield _line(measure, row, number.value, gap, entered=number.note)


def _per_student(measure: Measure, sense: str, rows: Sequence[StandardRow], own: Own) -> Iterator[Line]:
    number = own.number(measure.code)
    students = number.under or 0
    staged = [row for row in rows if row.subject]
    for row in rows:
        if not row.subject:
            yield _demanded(measure, row, number, row.value * students, row.value)
    if staged:
        needed = sum((row.value * own.students.get(row.subject, 0) for row in staged), Decimal(0))
        value = (needed / students).quantize(HUNDREDTH, ROUND_HALF_UP) if students else staged[0].value
        line = _demanded(measure, staged[0], number, needed, value)
        words = " / ".join(f"{Stage(row.subject).label} {_plain(row.value)}" for row in staged)
        yield replace(line, words=words, is_sure=all(row.is_sure for row in staged))


def _demanded(measure: Measure, row: StandardRow, number: Known, needed: Decimal, value: Decimal) -> Line:
    gap = None if number.over is None or not number.under else _gap(row.sense, number.over, needed, whole=True)
    sum_text = "" if gap is None or number.note else f"{written(number.over, whole=True)} ÷ {number.under:,}"
    return replace(_line(measure, row, number.value, gap, sum_text, entered=number.note), value=value)


def _shares(measure: Measure, _sense: str, rows: Sequence[StandardRow], own: Own) -> Iterator[Line]:
    under = own.classified
    for row in rows:
        over = own.of(classes_of(row.subject))
        gap = _gap(row.sense, Decimal(over), row.value * under / 100, whole=True) if under else None
        sum_text = f"{over:,} ÷ {under:,}" if under else ""
        yield _line(measure, row, ratio(over, under, percent=True), gap, sum_text)


def _copies_of_title(measure: Measure, _sense: str, rows: Sequence[StandardRow], own: Own) -> Iterator[Line]:
    most = max(own.sets, default=0)
    for row in rows:
        over = sum((copies - int(row.value)) * volumes for copies, volumes in own.sets.items() if copies > row.value)
        yield _line(measure, row, Decimal(most) if own.sets else None, Decimal(over) if own.sets else None)


_COMPARE = {
    **dict.fromkeys(PER_STUDENT, _per_student),
    "share": _shares,
    "copies_of_title": _copies_of_title,
}


def _line(
    measure: Measure, row: StandardRow, own: Decimal | None, gap: Decimal | None, sum_text: str = "", entered: str = ""
) -> Line:
    return Line(measure, row.subject, row.sense, row.value, own, gap, sum_text, "", row.is_sure, row.note, entered)


def _gap(sense: str, has: Decimal, bound: Decimal, *, whole: bool = False) -> Decimal:
    """How far from the bound; whole copies: the bound is then the next whole number that meets it."""
    least = sense == Sense.AT_LEAST
    if whole:
        bound = bound.to_integral_value(ROUND_CEILING if least else ROUND_FLOOR)
    missing = bound - has if least else has - bound
    if whole:
        missing = missing.to_integral_value(ROUND_CEILING)
    return max(missing, Decimal(0))
