"""Who is about to leave, who has left, and what each of them still has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, Subquery

from circulation.models import Loan
from circulation.models.loans import OPEN
from circulation.queries.balances import owed, readers_who_owe
from circulation.queries.out import OutGroup, OutLine
from circulation.queries.panel import LoanLine, loan_line
from library_site.shared.reference import Reference
from readers.models import ClassMembership, Reader, SchoolClass, Turn
from readers.queries.classes import STAGE_ORDER, class_names_on, grade_names, school_year_on, semester_on
from readers.rules.naming import position_in_stage
from readers.rules.school_years import length_of, next_stage


@dataclass(frozen=True)
class LeavingClass:
    """A class in its last year, or (`past`) beyond it with pupils who are still here."""

    pk: int
    name: str
    stage: str
    entry_year: int
    number: int
    past: bool
    pupils: int
    not_clear: int


@dataclass(frozen=True)
class LeavingGrade:
    """All leaving classes of one entry year."""

    stage: str
    entry_year: int
    name: str
    past: bool
    classes: Sequence[LeavingClass]

    @property
    def pupils(self) -> int:
        return sum(row.pupils for row in self.classes)

    @property
    def not_clear(self) -> int:
        return sum(row.not_clear for row in self.classes)


@dataclass(frozen=True)
class Leaver:
    """A pupil and what is outstanding: the books that are out, and the money owed in yuan."""

    reader: Reader
    lines: Sequence[LoanLine]
    owed: Decimal = Decimal(0)

    @property
    def clear(self) -> bool:
        return not self.lines and not self.owed

    @property
    def rows(self) -> int:
        """How many lines of a sheet the pupil takes."""
        return len(self.lines) + bool(self.owed)


def leaving_grades(reference: Reference, today: date) -> list[LeavingGrade]:
    """The grades in their last year of a stage, and past ones that somebody is still in. Two statements."""
    year = school_year_on(reference, today)
    if year is None:
        return []
    grades, names = grade_names(reference), class_names_on(reference, today)
    found: dict[tuple[str, int], list[LeavingClass]] = {}
    for row in _classes_with_pupils():
        over = position_in_stage(row.entry_year, year.start_year) - length_of(row.stage, grades)
        if over >= 0:
            found.setdefault((row.stage, row.entry_year), []).append(_leaving_class(row, names[row.pk], past=over > 0))
    order = sorted(found, key=lambda key: (key[1], STAGE_ORDER[key[0]]))
    return [
        LeavingGrade(stage, entry, grades.get((stage, year.start_year - entry + 1), ""), rows[0].past, rows)
        for stage, entry in order
        for rows in [sorted(found[stage, entry], key=lambda row: row.number)]
    ]


def _classes_with_pupils() -> Collection[SchoolClass]:
    """Classes with the number of pupils who are in them now, and of those with a book out or money owed."""
    here = Q(memberships__until=None, memberships__reader__status=Reader.Status.ACTIVE)
    holding = ClassMembership.objects.filter(
        school_class=OuterRef("pk"), until=None, reader__status=Reader.Status.ACTIVE
    ).filter(Q(reader__in=_holders()) | Q(reader__in=readers_who_owe()))
    counted = holding.order_by().values("school_class").annotate(n=Count("pk")).values("n")
    rows = SchoolClass.objects.filter(here).annotate(pupils=Count("pk"), not_clear=Subquery(counted))
    return list(rows)


def _holders() -> Subquery:
    return Subquery(Loan.objects.filter(OPEN).exclude(reader=None).values("reader_id"))


def _leaving_class(row: SchoolClass, name: str, *, past: bool) -> LeavingClass:
    return LeavingClass(
        pk=row.pk,
        name=name,
        stage=row.stage,
        entry_year=row.entry_year,
        number=row.number,
        past=past,
        pupils=row.pupils,  # type: ignore[attr-defined]
        not_clear=row.not_clear or 0,  # type: ignore[attr-defined]
    )


def leavers_of(class_ids: Collection[int], today: date, reference: Reference) -> dict[int, list[Leaver]]:
    """The pupils who are in these classes now, by number and name, with what each has out and owes.

    Three statements.
    """
    stays = ClassMembership.objects.filter(
        school_class__in=class_ids, until=None, reader__status=Reader.Status.ACTIVE
    ).select_related("reader")
    stays = stays.order_by("reader__number", "reader__name", "reader_id")
    found: dict[int, list[Leaver]] = {pk: [] for pk in class_ids}
    rows = list(stays)
    readers = [stay.reader_id for stay in rows]
    lines, owes = _lines(readers, today, reference), owed(readers)
    for stay in rows:
        pk = stay.reader_id
        found[stay.school_class_id].append(Leaver(stay.reader, lines.get(pk, []), owes.get(pk, Decimal(0))))
    return found


def _lines(reader_ids: Collection[int], today: date, reference: Reference) -> dict[int, list[LoanLine]]:
    lines: dict[int, list[LoanLine]] = {}
    loans = Loan.objects.filter(OPEN, reader__in=reader_ids).select_related("copy__title").order_by("due_on", "pk")
    for loan in loans:
        assert loan.reader_id is not None
        lines.setdefault(loan.reader_id, []).append(loan_line(loan, today, reference))
    return lines


def gone_with_books(reference: Reference, today: date) -> list[OutGroup]:
    """Open loans of those who have left, by the class they were in last, under the name it had then. Two statements."""
    last = ClassMembership.objects.filter(reader=OuterRef("reader_id")).order_by("-until", "-pk")
    loans = Loan.objects.filter(OPEN, reader__status=Reader.Status.LEFT).annotate(
        last_class=Subquery(last.values("school_class_id")[:1]), last_day=Subquery(last.values("until")[:1])
    )
    loans = loans.select_related("copy__title", "reader")
    groups: dict[str, list[OutLine]] = {}
    for loan in loans.order_by("-last_day", "last_class", "reader__number", "reader__name", "due_on"):
        name = _name_then(loan.last_class, loan.last_day, reference)
        reader = loan.reader
        assert reader is not None
        groups.setdefault(name, []).append(OutLine(reader.name, reader.number, loan_line(loan, today, reference)))
    return [OutGroup(name, lines) for name, lines in groups.items()]


def _name_then(class_id: int | None, until: date | None, reference: Reference) -> str:
    if class_id is None or until is None:
        return ""
    return class_names_on(reference, until - timedelta(days=1)).get(class_id, "")


@dataclass(frozen=True)
class PastTurn:
    """An act of the year's turn as the page lists it."""

    turn: Turn
    readers: int


def past_turns(limit: int = 20) -> list[PastTurn]:
    """The latest graduations, leavings and rosters, with how many readers each changed. One statement."""
    rows = Turn.objects.select_related("by", "undone_by", "run").annotate(n=Count("readers"))
    return [PastTurn(row, row.n) for row in rows.order_by("-pk")[:limit]]


def leaving_day(reference: Reference, today: date) -> date:
    """The day to offer: the one after the semester's last, so that its figures still count who leaves."""
    semester = semester_on(reference, today)
    return max(today, semester.ends_on + timedelta(days=1)) if semester and today <= semester.ends_on else today


def next_classes(stage: str, reference: Reference, today: date) -> tuple[date, list[SchoolClass]]:
    """Where those who finish a stage may go on in this school: from which day, and the classes by number."""
    year = school_year_on(reference, today)
    following = next_stage(stage, grade_names(reference))
    if year is None or following is None:
        return today, []
    starts = year.ends_on + timedelta(days=1)
    classes = SchoolClass.objects.filter(stage=following, entry_year=year.start_year + 1)
    return starts, list(classes.order_by("number"))
