"""The standards that the school is measured by, and what it has to set beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Prefetch
from django.utils.translation import pgettext

from circulation.queries.calendar import calendar
from library_site.queries import school
from library_site.shared.reference import Reference
from readers.models import Semester
from readers.queries.enrolment import enrolled_on
from reports.models import EnteredFigure, Standard, StandardRow
from reports.queries.collection.closed import closed_table
from reports.queries.facts import Facts
from reports.queries.holdings import holdings_on
from reports.queries.past import HELD_THEN
from reports.queries.periods import period_of
from reports.queries.semester_figures import ShownFigure, shown_figures
from reports.queries.unchanged import HOLDINGS, remembered
from reports.rules.catalogue import Words
from reports.rules.figures import midnight
from reports.rules.standards import (
    MEASURES,
    PER_STUDENT,
    REFERENCE_NUMBERS,
    TEACHING_NUMBERS,
    Known,
    Line,
    Measure,
    Own,
    classes_of,
    compared,
)

Types = Standard.SchoolType
# What fits a school of these stages, while it has chosen none.
FITTING = {
    ("primary",): Types.PRIMARY,
    ("junior",): Types.JUNIOR,
    ("senior",): Types.SENIOR,
    ("junior", "senior"): Types.COMPLETE,
    ("junior", "primary"): Types.NINE_YEAR,
}

# Volumes of a set are books of their own; which volume a copy is counts as of today, so does a title's number.
_TITLES = f"""
    WITH {HELD_THEN}, sets AS (
        SELECT count(*) AS copies
          FROM held JOIN catalog_copy AS copy ON copy.id = held.id GROUP BY held.title_id, copy.volume
    )
    SELECT (SELECT count(*) FROM catalog_title AS title
             WHERE id IN (SELECT title_id FROM held)
               AND (clc_number ~ %(reference)s OR (audience = 'teacher' AND clc_number ~ %(teaching)s))),
           (SELECT json_object_agg(copies, volumes) FROM (
                SELECT copies, count(*) AS volumes FROM sets GROUP BY copies) AS counted)
"""  # noqa: S608


@dataclass(frozen=True)
class Comparison:
    """A standard with its demands beside what the school has."""

    standard: Standard
    lines: Sequence[Line]

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What is to be said of its values, each once: (names of the lines that it is about, note)."""
        about: dict[str, list[str]] = {}
        for line in self.lines:
            if line.note:
                about.setdefault(line.note, []).append(str(line.short_name))
        return [(pgettext("between words", ", ").join(names), note) for note, names in about.items()]

    @property
    def met(self) -> int:
        return sum(line.met is True for line in self.lines)

    @property
    def missed(self) -> int:
        return sum(line.met is False for line in self.lines)

    @property
    def unknown(self) -> int:
        return sum(line.met is None for line in self.lines)


def measure_names() -> list[tuple[str, Words]]:
    """(code, name) of all that a standard can demand."""
    return [(code, measure.name) for code, measure in MEASURES.items()]


def measure_of(code: str) -> Measure | None:
    return MEASURES.get(code)


def names_classes(text: str) -> bool:
    """Whether a text names main classes, like A, C-K or I+J."""
    try:
        return bool(classes_of(text))
    except ValueError:
        return False


def all_standards(reference: Reference) -> list[Standard]:
    """Every standard with its rows, the national ones first. Read once per process."""
    return reference.get(_load_standards)


def _load_standards() -> list[Standard]:
    rows = Prefetch("rows", StandardRow.objects.order_by("pk"))
    found = list(Standard.objects.prefetch_related(rows).order_by("pk"))
    return sorted(found, key=lambda standard: not standard.code)


def measured_by(reference: Reference) -> list[Standard]:
    """The standards that the school has chosen; while it has chosen none, the national one that fits its stages."""
    every = all_standards(reference)
    return [standard for standard in every if standard.applies] or fitting(reference)


def fitting(reference: Reference) -> list[Standard]:
    """The national standard for the school's stages; none for kinds that have none."""
    options = school(reference)
    kind = FITTING.get(tuple(sorted(options.stages))) if options else None
    return [standard for standard in all_standards(reference) if standard.code and standard.school_type == kind]


def standing(semester: Semester, *, reference: Reference, today: date, facts: Facts | None = None) -> list[Comparison]:
    """The standards beside what the school has at the end of the semester, or today.

    `facts` are those of the semester, where the page has them already.
    """
    return comparisons(own_figures(semester, reference=reference, today=today, facts=facts), reference)


def comparisons(own: Own, reference: Reference) -> list[Comparison]:
    return [Comparison(row, compared(row.rows.all(), own)) for row in measured_by(reference)]


def own_figures(semester: Semester, *, reference: Reference, today: date, facts: Facts | None = None) -> Own:
    """What the school has at the end of the semester, or today while it runs.

    Figures of the catalogue are those of the semester report: entered, of the closed semester, or counted. Opening
    hours are known for today only; newspapers and periodicals as far as somebody entered them.
    """
    day = period_of(semester, today).until
    shown = shown_figures(semester, reference=reference, today=today, facts=facts)
    entered = {row.figure: row for row in EnteredFigure.objects.filter(semester=semester, variant="")}
    reference_titles, sets = remembered(("standards", day), lambda: _titles(day), of=HOLDINGS)
    hours = hours_a_week(reference) if day == today else None
    counted = {"reference_titles": Decimal(reference_titles), "opening_hours": hours}
    known = {code: _known(shown[code]) for code in (*PER_STUDENT, "copies_held")}
    known |= {code: _by_hand(code, counted, entered) for code, measure in MEASURES.items() if measure.by_hand}
    return Own(
        known=known,
        classes=_copies_by_class(semester, day, today),
        sets=sets,
        students=dict(_students(day)),
    )


def _copies_by_class(semester: Semester, day: date, today: date) -> dict[str, int]:
    """{main class: copies}, '' unclassified; of a closed semester as they were closed."""
    closed = closed_table(semester)
    if closed is not None:
        return {row.code if row.kind == "class" else "": row.copies for row in closed.table.classes}
    return {row.main_class: row.copies for row in holdings_on(day, today=today).classes}


def hours_a_week(reference: Reference) -> Decimal | None:
    """Hours of one usual week by the calendar: those for all readers, what overlaps once. None if none are entered."""
    spans: dict[int, list[tuple[time, time]]] = {}
    for row in calendar(reference).hours_of(None, ""):
        spans.setdefault(row.weekday, []).append((row.opens, row.closes))
    minutes = sum(_minutes(day) for day in spans.values())
    return (Decimal(minutes) / 60).quantize(Decimal("0.01")) if spans else None


def _minutes(spans: list[tuple[time, time]]) -> int:
    total, until = 0, 0
    for opens, closes in sorted((one.hour * 60 + one.minute, other.hour * 60 + other.minute) for one, other in spans):
        total += max(0, closes - max(opens, until))
        until = max(until, closes)
    return total


def _known(shown: ShownFigure) -> Known:
    """A figure entered by hand has a value and the number of students to hold it against, if that is known."""
    figure, entered = shown.figure, shown.entered
    under = figure.denominator if figure else None
    if entered is not None:
        return Known(entered.value * (under or 1), under, entered.note)
    return Known(Decimal(figure.numerator) if figure else None, under)


def _by_hand(code: str, counted: Mapping[str, Decimal | None], entered: Mapping[str, EnteredFigure]) -> Known:
    if code in entered:
        return Known(entered[code].value, note=entered[code].note)
    return Known(counted.get(code))


def _students(day: date) -> list[tuple[str, int]]:
    rows = enrolled_on(day).order_by().values_list("school_class__stage")
    return list(rows.annotate(number=Count("reader", distinct=True)))


def _titles(day: date) -> tuple[int, dict[int, int]]:
    """Reference titles held, and {copies: volumes of which so many are held}. One statement."""
    asked: dict[str, Any] = {"day": day, "night": midnight(day + timedelta(days=1)), "reference": REFERENCE_NUMBERS,
             "teaching": TEACHING_NUMBERS}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_TITLES, asked)
        reference_titles, sets = cursor.fetchone()
    return reference_titles, {int(copies): volumes for copies, volumes in (sets or {}).items()}
