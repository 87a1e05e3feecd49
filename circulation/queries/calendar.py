"""The school's calendar, read once per process: open days of each room and category, recall dates."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from circulation.models import Closure, DayOverride, HolidayLending, OpeningHours, RecallDate
from circulation.rules.calendar import DAY, OpenDays, Word, breaks
from circulation.rules.due import Recall
from circulation.rules.public_holidays import holidays, make_up_days
from library_site.shared.reference import Reference
from readers.models import Grade, SchoolClass, SchoolYear, Semester
from readers.rules.naming import position_in_stage

# A room (None for all) and a reader category ("" for all).
Whose = tuple[int | None, str]


@dataclass(frozen=True)
class Calendar:
    """All that decides about days. `hours` has rows for whoever has own hours."""

    hours: Sequence[OpeningHours]
    closures: Sequence[Closure]
    words: dict[date, Word]
    reasons: dict[date, str]
    years: Sequence[SchoolYear]
    semesters: Sequence[Semester]
    recall_dates: Sequence[RecallDate]
    holiday_lending: Sequence[HolidayLending]
    last_grades: dict[str, int]
    classes: dict[int, SchoolClass]
    _open_days: dict[Whose, OpenDays] = field(default_factory=dict, compare=False)
    _recalls: dict[tuple[str, int | None], list[Recall]] = field(default_factory=dict, compare=False)

    def hours_of(self, location_id: int | None, category: str) -> list[OpeningHours]:
        """The hours that hold for a room and a category: their own, else the room's, else the category's, else all's.

        Where there are none for all, whatever there is.
        """
        own: dict[Whose, list[OpeningHours]] = {}
        for row in self.hours:
            own.setdefault((row.location_id, row.category), []).append(row)
        asked: list[Whose] = [(location_id, category), (location_id, ""), (None, category), (None, "")]
        return next((own[whose] for whose in asked if whose in own), list(self.hours))

    def open_days(self, location_id: int | None, category: str) -> OpenDays:
        whose = (location_id, category)
        if whose not in self._open_days:
            self._open_days[whose] = self._build(location_id, category)
        return self._open_days[whose]

    def _build(self, location_id: int | None, category: str) -> OpenDays:
        closed = [row for row in self.closures if row.location_id in (None, location_id)]
        return OpenDays(
            weekdays=frozenset(row.weekday for row in self.hours_of(location_id, category)),
            closures=tuple((row.starts_on, row.ends_on) for row in closed),
            breaks=tuple(breaks(self.years, self.semesters)),
            words=self.words,
            public_holidays=holidays(),
            make_up_days=make_up_days(),
        )

    def recalls(self, category: str, class_id: int | None) -> list[Recall]:
        """The recall date of every semester that has one, for a category and a class."""
        key = (category, class_id)
        if key not in self._recalls:
            found = (self._recall(semester, category, class_id) for semester in self.semesters)
            self._recalls[key] = [recall for recall in found if recall]
        return self._recalls[key]

    def _recall(self, semester: Semester, category: str, class_id: int | None) -> Recall | None:
        graduates = class_id is not None and self.graduates(class_id, semester)
        dates = [
            row.on for row in self.recall_dates if row.semester_id == semester.pk and (graduates or not row.graduating)
        ]
        if not dates:
            return None
        after = self.next_start(semester)
        kept = [row for row in self.holiday_lending if row.semester_id == semester.pk and row.category == category]
        # Who leaves after this semester is not here in the first week back.
        if not kept or (graduates and semester.number == 2):
            return Recall(on=min(dates), until=after - DAY)
        return Recall(on=min(dates), until=after - DAY, keeps_from=kept[0].opens_on, back_on=after)

    def graduates(self, class_id: int, semester: Semester) -> bool:
        """Whether the class is in the last grade of its stage that year."""
        row = self.classes.get(class_id)
        if row is None:
            return False
        position = position_in_stage(row.entry_year, semester.school_year.start_year)
        return position == self.last_grades.get(row.stage)

    def next_start(self, semester: Semester) -> date:
        """The first day of the semester after this one; while it is not entered, the day after the school year."""
        later = [row.starts_on for row in self.semesters if row.starts_on > semester.starts_on]
        return min(later, default=max(semester.school_year.ends_on, semester.ends_on) + DAY)


def _load_calendar() -> Calendar:
    overrides = list(DayOverride.objects.all())
    last_grades: dict[str, int] = {}
    for stage, position in Grade.objects.values_list("stage", "position"):
        last_grades[stage] = max(position, last_grades.get(stage, 0))
    return Calendar(
        hours=list(OpeningHours.objects.select_related("location").order_by("weekday", "opens")),
        closures=list(Closure.objects.select_related("location").order_by("starts_on", "pk")),
        words={row.day: Word(row.is_open, row.hours_of) for row in overrides},
        reasons={row.day: row.reason for row in overrides},
        years=list(SchoolYear.objects.order_by("start_year")),
        semesters=list(Semester.objects.select_related("school_year").order_by("starts_on")),
        recall_dates=list(RecallDate.objects.order_by("on")),
        holiday_lending=list(HolidayLending.objects.all()),
        last_grades=last_grades,
        classes={row.pk: row for row in SchoolClass.objects.all()},
    )


def calendar(reference: Reference) -> Calendar:
    """The calendar as of now; a statement per table once, then none."""
    return reference.get(_load_calendar)
