"""The demo's pupils and teachers, their classes, cards and accounts."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password

from library_site.demo import names
from library_site.demo.bulk import Columns, copy_rows
from library_site.models import Role, User
from library_site.shared.pinyin import pinyin_of_name
from readers.models import Card, ClassMembership, ClassTeacher, Reader, SchoolClass

READERS = 512  # of them 30 teachers and 2 staff
FIRST_CARD = 80_000_001
# Printed on the terminal and on purpose no secret: the demo's database never holds a real school.
DEMO_PASSWORD = "library-demo"  # noqa: S105
GRADES = 6


@dataclass
class Person:
    """A reader of the demo; `stays` are (class, from, until): until is the first day no longer in it."""

    pk: int
    name: str
    number: str
    category: str
    entry_year: int = 0
    stays: list[tuple[int, date, date | None]] = field(default_factory=list)
    left_on: date | None = None
    account: int | None = None

    def class_on(self, day: date) -> int | None:
        return next((pk for pk, since, until in self.stays if since <= day and (until is None or day < until)), None)


@dataclass(frozen=True)
class School:
    """Who is and was at the school: `classes` by (entry year, number)."""

    people: list[Person]
    classes: dict[tuple[int, int], int]

    def present(self) -> list[Person]:
        return [person for person in self.people if person.left_on is None]


def plan_people(rng: Random, *, readers: int, first_year: int, year: int) -> School:
    """`readers` present in the school year `year`, and those pupils who left since `first_year`."""
    teachers = max(1, round(readers * 30 / READERS))
    staff = max(1, round(readers * 2 / READERS))
    pupils = max(1, readers - teachers - staff)
    per_grade = [pupils // GRADES + (1 if grade < pupils % GRADES else 0) for grade in range(GRADES)]
    classes_per_grade = max(1, round(max(per_grade) / 40))
    entry_years = range(first_year - GRADES + 1, year + 1)
    classes = _make_classes(entry_years, classes_per_grade)
    people: list[Person] = []
    for entry_year in entry_years:
        grade = year - entry_year if year - entry_year < GRADES else 0
        people += _cohort(rng, entry_year, per_grade[grade], classes, len(people), year)
    people += _grown_ups(rng, len(people), teachers, staff)
    _namesakes(people, year)
    _movers(people, classes, year)
    return School(people, classes)


def _make_classes(entry_years: Iterable[int], per_grade: int) -> dict[tuple[int, int], int]:
    rows = [
        SchoolClass(stage="primary", entry_year=entry_year, number=number)
        for entry_year in entry_years
        for number in range(1, per_grade + 1)
    ]
    return {(row.entry_year, row.number): row.pk for row in SchoolClass.objects.bulk_create(rows)}


def _cohort(
    rng: Random, entry_year: int, size: int, classes: dict[tuple[int, int], int], made: int, year: int
) -> list[Person]:
    numbers = [number for year_, number in classes if year_ == entry_year]
    since, ends = date(entry_year, 9, 1), date(entry_year + GRADES, 7, 6)
    gone = entry_year + GRADES <= year
    cohort = []
    for index in range(size):
        number, seat = numbers[index % len(numbers)], index // len(numbers) + 1
        person = Person(
            made + index + 1, names.child(rng), f"{entry_year}{number:02d}{seat:02d}", "student", entry_year
        )
        person.stays = [(classes[entry_year, number], since, ends if gone else None)]
        person.left_on = ends if gone else None
        cohort.append(person)
    return cohort


def _grown_ups(rng: Random, made: int, teachers: int, staff: int) -> list[Person]:
    people = [Person(made + n, names.grown_up(rng), f"T{n:03d}", "teacher") for n in range(1, teachers + 1)]
    made += teachers
    return people + [Person(made + n, names.grown_up(rng), f"W{n:03d}", "staff") for n in range(1, staff + 1)]


def _namesakes(people: list[Person], year: int) -> None:
    """Two pupils of one class, and two of different grades, bear one name: the desk must tell them apart."""
    for entry_year, first, second in ((year - 3, 0, 4), (year - 1, 2, 2)):
        ours = [person for person in people if person.entry_year == entry_year]
        others = ours if first != second else [person for person in people if person.entry_year == year - 4]
        if len(ours) > first and len(others) > second:
            others[second].name = ours[first].name


def _movers(people: list[Person], classes: dict[tuple[int, int], int], year: int) -> None:
    """Now and then a pupil of the fourth grade changed class at the beginning of this school year."""
    start = date(year, 9, 1)
    ours = [person for person in people if person.entry_year == year - 3]
    for person in ours[10::35]:
        old, since, _until = person.stays[0]
        other = next((pk for (entry, _n), pk in classes.items() if entry == person.entry_year and pk != old), None)
        if other is not None:
            person.stays = [(old, since, start), (other, start, None)]


def write_people(school: School) -> None:
    copy_rows(
        Columns(Reader, "id", "category", "number", "name", "pinyin", "initials", "status", "left_on", "account"),
        (
            (person.pk, person.category, person.number, person.name, *pinyin_of_name(person.name),
             "left" if person.left_on else "active", person.left_on, person.account)
            for person in school.people
        ),
    )  # fmt: skip
    copy_rows(
        Columns(ClassMembership, "reader", "school_class", "since", "until"),
        ((person.pk, *stay) for person in school.people for stay in person.stays),
    )


def write_class_teachers(school: School, *, year: int) -> None:
    """Every class that is at the school has its teacher; the demo's teacher account the third grade's first class."""
    classes = [school.classes[key] for key in sorted(school.classes) if year - GRADES < key[0] <= year]
    third = school.classes[year - 2, 1]
    ordered = [third, *(pk for pk in classes if pk != third)]
    teachers = [person for person in school.present() if person.category == "teacher"]
    copy_rows(
        Columns(ClassTeacher, "school_class", "reader", "since"),
        ((pk, person.pk, date(year, 9, 1)) for pk, person in zip(ordered, reversed(teachers), strict=False)),
    )


def write_cards(rng: Random, school: School, *, today: date, year: int) -> int:
    """Writes the cards and returns the next free number. A few pupils have none, a few lost theirs."""
    numbers = iter(range(FIRST_CARD, FIRST_CARD + 2 * len(school.people) + 1))
    copy_rows(
        Columns(Card, "reader", "barcode", "status", "issued_on", "ended_on"),
        (row for person in school.people for row in _cards(rng, person, numbers, today, year)),
    )
    return next(numbers)


def _cards(
    rng: Random, person: Person, numbers: Iterator[int], today: date, year: int
) -> Iterator[tuple[int, str, str, date, date | None]]:
    issued = min(date(person.entry_year or year - 5, 9, 10), today)
    lost_on = max(issued, min(date(year, 9, 20), today))
    if person.left_on:
        yield person.pk, str(next(numbers)), "returned", issued, person.left_on
        return
    chance = rng.random() if person.category == "student" else 1.0
    if chance < 0.01:
        return
    if chance < 0.03:
        yield person.pk, str(next(numbers)), "lost" if chance < 0.015 else "replaced", issued, lost_on
        issued = lost_on
    if chance >= 0.015:
        yield person.pk, str(next(numbers)), "valid", issued, None


def make_accounts(school: School, year: int) -> dict[str, int]:
    """One account per role, tied to people not yet written; returns {role: account}."""
    password = make_password(DEMO_PASSWORD)  # once: hashing is slow on purpose
    accounts = {}
    for role, person in _account_holders(school, year).items():
        user = User(username=role, name=person.name if person else "系统管理员", roles=[role], password=password)
        user.save()
        accounts[str(role)] = user.pk
        if person:
            person.account = user.pk
    return accounts


def _account_holders(school: School, year: int) -> dict[Role, Person | None]:
    present = school.present()
    teachers = [person for person in present if person.category == "teacher"]
    pupils = {grade: [p for p in present if p.entry_year == year - grade + 1] for grade in range(1, GRADES + 1)}
    staff = [person for person in present if person.category == "staff"]
    return {
        Role.ADMINISTRATOR: None,
        Role.LIBRARIAN: staff[0],
        Role.HELPER: next(iter(pupils[5]), None),
        Role.CLASS_KEEPER: next(iter(pupils[4]), None),
        Role.TEACHER: teachers[-1],
        Role.PRINCIPAL: teachers[0],
        Role.STUDENT: next(iter(pupils[3]), None),
    }


def random_key(rng: Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)
