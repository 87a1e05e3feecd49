"""The duty roster as it hangs on the wall, and who is expected on a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.dates import WEEKDAYS

from library_site.shared.reference import Reference
from readers.models import Duty, DutyChange, DutyPeriod, Semester
from readers.queries.classes import class_names_on

SCHOOL_DAYS = range(5)


@dataclass(frozen=True)
class RosterEntry:
    duty: Duty
    name: str
    class_name: str


@dataclass(frozen=True)
class RosterCell:
    weekday: int
    period: DutyPeriod
    entries: Sequence[RosterEntry]


@dataclass(frozen=True)
class Roster:
    """`rows` are (period, its cells by weekday); the weekend is shown only where somebody serves on it."""

    weekdays: Sequence[tuple[int, str]]
    rows: Sequence[tuple[DutyPeriod, Sequence[RosterCell]]]

    @property
    def entries(self) -> list[RosterEntry]:
        return [entry for _period, cells in self.rows for cell in cells for entry in cell.entries]


def periods() -> list[DutyPeriod]:
    """All periods by their time."""
    return list(DutyPeriod.objects.order_by("starts", "ends"))


def roster(semester: Semester, reference: Reference) -> Roster:
    """Weekday × period of a semester. Two statements."""
    names = class_names_on(reference, semester.starts_on)
    duties = Duty.objects.filter(appointment__semester=semester).select_related("appointment__reader", "period")
    cells: dict[tuple[int, int], list[RosterEntry]] = {}
    for duty in duties.order_by("appointment__school_class", "appointment__reader__number"):
        entry = RosterEntry(
            duty, duty.appointment.reader.name, names.get(duty.appointment.school_class_id, "")
        )  # fmt: skip
        cells.setdefault((duty.weekday, duty.period_id), []).append(entry)
    days = sorted({*SCHOOL_DAYS, *(weekday for weekday, _period in cells)})
    rows = [
        (period, [RosterCell(day, period, cells.get((day, period.pk), [])) for day in days]) for period in periods()
    ]
    return Roster([(day, str(WEEKDAYS[day])) for day in days], rows)


@dataclass(frozen=True)
class Expected:
    """Somebody who is to serve on a date; `instead_of` names whose duty it is after a swap."""

    duty: Duty
    reader_id: int
    name: str
    instead_of: str = ""


def expected_on(semester: Semester, day: date) -> list[Expected]:
    """Who is to serve on a date, swaps counted, by time. Two statements."""
    changes = DutyChange.objects.filter(on=day).select_related("reader")
    duties = Duty.objects.filter(appointment__semester=semester, weekday=day.weekday())
    duties = duties.select_related("appointment__reader", "period").prefetch_related(
        Prefetch("changes", queryset=changes, to_attr="today")
    )
    return [_expected(duty) for duty in duties.order_by("period__starts", "appointment__reader__number")]


def _expected(duty: Duty) -> Expected:
    own = duty.appointment.reader
    changed: list[DutyChange] = duty.today  # type: ignore[attr-defined]
    if changed:
        return Expected(duty, changed[0].reader_id, changed[0].reader.name, instead_of=own.name)
    return Expected(duty, own.pk, own.name)


def coming_changes(semester: Semester, today: date) -> list[DutyChange]:
    """Swapped duties from today on, by date."""
    rows = DutyChange.objects.filter(duty__appointment__semester=semester, on__gte=today)
    return list(rows.select_related("reader", "duty__period", "duty__appointment__reader").order_by("on", "pk"))


def duties_of(reader_id: int, semester: Semester) -> list[Duty]:
    """A reader's own duties in a week."""
    rows = Duty.objects.filter(appointment__reader=reader_id, appointment__semester=semester).select_related("period")
    return list(rows.order_by("weekday", "period__starts"))
