"""Helpers and class keepers of a semester."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from library_site.models import User
from library_site.shared.reference import Reference
from readers.models import (
    Appointment,
    ClassMembership,
    Grade,
    HelperOptions,
    Reader,
    Semester,
    TrainingItem,
    TrainingTick,
)
from readers.queries.classes import STAGE_ORDER, NamedClass, class_names_on, classes_on, semesters
from readers.rules.helpers import ROLE_OF_KIND


@dataclass(frozen=True)
class HelperRow:
    """One appointment as lists show it; `trained` of the items that are taught."""

    appointment: Appointment
    class_name: str
    trained: int = 0

    @property
    def reader(self) -> Reader:
        return self.appointment.reader


@dataclass(frozen=True)
class ClassPlaces:
    """A class and who serves for it; `is_asked` says that the school wants helpers of its grade."""

    school_class: NamedClass
    is_asked: bool
    helpers: Sequence[Appointment]
    keepers: Sequence[Appointment]


@dataclass(frozen=True)
class Candidate:
    """A pupil of a class, with what they are this semester and whether they served in the one before."""

    reader: Reader
    kinds: frozenset[str]
    served_before: bool


def _load_options() -> HelperOptions:
    return HelperOptions.objects.select_related("from_grade").filter(pk=1).first() or HelperOptions(pk=1)


def helper_options(reference: Reference) -> HelperOptions:
    """How the school works with helpers; defaults where nothing was set."""
    return reference.get(_load_options)


def serving(semester: Semester) -> QuerySet[Appointment]:
    """The semester's appointments that were not ended."""
    return Appointment.objects.filter(semester=semester, ended_on=None).select_related("reader")


def former_helpers(semester: Semester) -> QuerySet[User]:
    """Accounts that hold a helper's or keeper's role from an earlier semester and do not serve as that in this one."""
    found = Q()
    for kind, role in ROLE_OF_KIND.items():
        now = Appointment.objects.filter(semester=semester, kind=kind, ended_on=None).values("reader")
        before = Appointment.objects.filter(semester__starts_on__lt=semester.starts_on, kind=kind).values("reader")
        found |= Q(roles__contains=[role], reader__in=before) & ~Q(reader__in=now)
    return User.objects.filter(found).select_related("reader")


def semester_before(semester: Semester, reference: Reference) -> Semester | None:
    """The semester before this one, if there is one."""
    earlier = [row for row in semesters(reference) if row.starts_on < semester.starts_on]
    return earlier[-1] if earlier else None


def helper_rows(semester: Semester, reference: Reference) -> list[HelperRow]:
    """The helpers and keepers of a semester by class, ended appointments left out. Two statements."""
    trained = Count("reader__training", filter=Q(reader__training__item__is_taught=True))
    rows = serving(semester).annotate(trained=trained).order_by("kind", "reader__number", "reader__name")
    names, places = _names_and_places(semester, reference)
    found = [HelperRow(row, names.get(row.school_class_id, ""), row.trained) for row in rows]
    return sorted(found, key=lambda row: places.get(row.appointment.school_class_id, len(places)))


def _names_and_places(semester: Semester, reference: Reference) -> tuple[Mapping[int, str], Mapping[int, int]]:
    names = class_names_on(reference, semester.starts_on)
    return names, {row.pk: place for place, row in enumerate(classes_on(reference, semester.starts_on))}


def places_by_class(semester: Semester, reference: Reference, today: date) -> list[ClassPlaces]:
    """Every class of today with those who serve for it. One statement."""
    options = helper_options(reference)
    found: dict[tuple[int, str], list[Appointment]] = {}
    for row in serving(semester).order_by("reader__number"):
        found.setdefault((row.school_class_id, row.kind), []).append(row)
    return [
        ClassPlaces(
            school_class=row,
            is_asked=_is_asked(row, options.from_grade),
            helpers=found.get((row.pk, Appointment.Kind.HELPER), []),
            keepers=found.get((row.pk, Appointment.Kind.CLASS_KEEPER), []),
        )
        for row in classes_on(reference, today)
    ]


def _is_asked(row: NamedClass, first: Grade | None) -> bool:
    if first is None:
        return True
    return (STAGE_ORDER[row.stage], row.position) >= (STAGE_ORDER[first.stage], first.position)


def candidates(class_id: int, semester: Semester, before: Semester | None) -> list[Candidate]:
    """The pupils who are in a class now. Two statements."""
    members = ClassMembership.objects.filter(school_class_id=class_id, until=None, reader__status=Reader.Status.ACTIVE)
    pupils = [row.reader for row in members.select_related("reader").order_by("reader__number", "reader__name")]
    wanted = [semester.pk, *([before.pk] if before else [])]
    rows = Appointment.objects.filter(reader__in=pupils, semester__in=wanted, ended_on=None)
    kinds: dict[int, set[str]] = {}
    earlier: set[int] = set()
    for row in rows:
        if row.semester_id == semester.pk:
            kinds.setdefault(row.reader_id, set()).add(row.kind)
        else:
            earlier.add(row.reader_id)
    return [Candidate(row, frozenset(kinds.get(row.pk, ())), row.pk in earlier) for row in pupils]


def training_items() -> list[TrainingItem]:
    """What helpers are taught, in its order."""
    return list(TrainingItem.objects.filter(is_taught=True).order_by("position", "pk"))


def training_ticks(readers: Sequence[int]) -> dict[tuple[int, int], TrainingTick]:
    """What these readers have learnt: {(reader, item): tick}, each with who saw it. One statement."""
    rows = TrainingTick.objects.filter(reader_id__in=readers).select_related("by")
    return {(row.reader_id, row.item_id): row for row in rows}
