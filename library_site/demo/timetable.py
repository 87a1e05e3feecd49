"""The demo's lending timetable, and who came to the reading room this school year."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from circulation.models import LibraryPeriod, Visit
from library_site.demo.calendar import OpenDays, Term
from library_site.demo.people import Person, School

SEED = 20180529
# The n-th class of a weekday comes at the n-th time; at noon they borrow.
SLOTS = [
    (time(12, 10), time(12, 50)),
    (time(14, 10), time(14, 50)),
    (time(15, 10), time(15, 50)),
    (time(10, 10), time(10, 50)),
    (time(11), time(11, 40)),
    (time(9, 10), time(9, 50)),
    (time(8, 20), time(9)),
    (time(16), time(16, 40)),
]
LESSONS = [
    ("语文", "《稻草人》整本书阅读"), ("语文", "班级共读：《草房子》"), ("语文", "寓言故事会"),
    ("道德与法治", "节日与习俗资料查找"), ("科学", "《十万个为什么》专题阅读"), ("综合实践", "学会查索书号"),
]  # fmt: skip
HELD, AS_LESSON = 0.93, 0.35


def write_timetable(school: School, terms: list[Term], open_days: OpenDays, *, by: int, until: date) -> None:
    """Every class has its period, most were held; some pupils came by themselves at noon. `terms` have begun."""
    rng = Random(SEED)  # noqa: S311  # repeatable on purpose
    year = [term for term in terms if term.year == terms[-1].year]
    pupils = [person for person in school.present() if person.category == "student"]
    sizes = Counter(class_id for person in pupils if (class_id := person.class_on(until)) is not None)
    periods = LibraryPeriod.objects.bulk_create(_periods(sorted(sizes), year[0].starts_on))
    teachers = [person for person in school.present() if person.category == "teacher"]
    days = [day for term in year for day in open_days.between(term.starts_on, min(term.ends_on, until))]
    rows = [row for day in days for row in _of_day(rng, day, periods, sizes, teachers, pupils)]
    for row in rows:
        row.by_id = by
    Visit.objects.bulk_create(rows, batch_size=2000)


def _periods(classes: list[int], since: date) -> Iterator[LibraryPeriod]:
    for index, class_id in enumerate(classes[: 5 * len(SLOTS)]):
        starts, ends = SLOTS[index // 5]
        purpose = LibraryPeriod.Purpose.READ if index // 5 == 2 else LibraryPeriod.Purpose.BORROW
        yield LibraryPeriod(
            school_class_id=class_id, purpose=purpose, weekday=index % 5, starts=starts, ends=ends, valid_from=since,
        )  # fmt: skip


def _of_day(
    rng: Random, day: date, periods: list[LibraryPeriod], sizes: Counter[int], teachers: list[Person],
    pupils: list[Person],
) -> Iterator[Visit]:  # fmt: skip
    for period in periods:
        if period.weekday == day.weekday() and rng.random() < HELD:
            visit = Visit(
                kind=Visit.Kind.CLASS, school_class_id=period.school_class_id, at=_at(day, period.starts, rng)
            )
            visit.heads = max(1, sizes[period.school_class_id] - rng.randrange(4))
            if teachers and rng.random() < AS_LESSON:
                visit.kind, visit.teacher_id = Visit.Kind.PERIOD, rng.choice(teachers).pk
                visit.subject, visit.what = rng.choice(LESSONS)
            yield visit
    for person in rng.sample(pupils, min(len(pupils), rng.randint(8, 24))):
        yield Visit(
            kind=Visit.Kind.CARD, reader_id=person.pk, category=person.category,
            school_class_id=person.class_on(day), at=_at(day, time(12, 5), rng),
        )  # fmt: skip


def _at(day: date, clock: time, rng: Random) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock)) + timedelta(seconds=rng.randrange(30, 900))
