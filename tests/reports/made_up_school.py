"""A made-up school in which things happen in any order, each on its day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from activities.models import (
    Activity,
    ActivityRegistration,
    ActivitySession,
    Entry,
    Honour,
    MaterialRequest,
    ReadingNote,
    Suggestion,
)
from catalog.models import Copy, Location, Title
from circulation.models import CirculationEvent, Loan, Visit
from library_site.shared.reference import current_reference
from readers.models import Card, ClassMembership, Reader
from reports.operations.rollups import roll_up
from tests.factories.activities import make_activity
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_box, make_loan, make_opening_hours
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.reports.recount import Day, write_down

YEAR_BEGAN = date(2026, 9, 1)
HISTORIES = ("catalog_copyevent", "catalog_titleevent", "catalog_locationevent")
CATEGORIES = ("student", "student", "student", "student", "teacher", "staff")
LETTERS = ("I", "G", "", "T")


@dataclass
class School:
    """`today` is the day that runs; `days` are the ends of days that were written down."""

    today: date = YEAR_BEGAN
    days: list[Day] = field(default_factory=list)
    acts: int = 0
    dated: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HISTORIES, 0))

    def __post_init__(self) -> None:
        make_school_year(2026)
        make_opening_hours()
        self.classes = [make_class(entry, number) for entry, number in ((2024, 1), (2024, 2), (2026, 1))]
        self.rooms = [make_location("流通书库"), make_location("阅览室", circulates=False)]
        self.titles = [make_title(main_class=letter) for letter in LETTERS]
        self.readers = [self._reader(category, number) for number, category in enumerate(CATEGORIES)]
        self.copies = [self._copy(number) for number in range(6)]
        self.box = make_box(school_class=self.classes[0])
        self._date_history()

    def _reader(self, category: str, number: int) -> Reader:
        school_class = self.classes[number % 3] if category == "student" else None
        card = f"C{number}" if number % 2 else None
        return make_reader(category=category, school_class=school_class, card=card)

    def _copy(self, number: int) -> Copy:
        fields: dict[str, Any] = {"price": Decimal("12.50") * number or None}
        copy = make_copy(title=self.titles[number % len(self.titles)], location=self.rooms[number % 3 == 2], **fields)
        Copy.objects.filter(pk=copy.pk).update(created_at=self.now())
        return copy

    def now(self) -> datetime:
        """Each act has a minute of its own."""
        self.acts += 1
        return timezone.make_aware(datetime.combine(self.today, time(9))) + timedelta(minutes=self.acts)

    def do(self, name: str, a: int, b: int) -> None:
        """An act by its name, about the `a`th and the `b`th of whatever it is about."""
        ACTS[name](self, a, b)
        self._date_history()

    def _date_history(self) -> None:
        """History bears the database's clock: what was done now was done on the day that runs."""
        at = self.now()
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('library.retention', 'on', true)")
            for table in HISTORIES:
                cursor.execute(
                    f"UPDATE {table} SET pgh_created_at = %s WHERE pgh_id > %s RETURNING pgh_id",
                    [at, self.dated[table]],
                )
                self.dated[table] = max([self.dated[table], *(row[0] for row in cursor.fetchall())])
            cursor.execute("SELECT set_config('library.retention', 'off', true)")

    def lend(self, a: int, b: int, kind: str = "reader") -> None:
        reader = self.readers[a % len(self.readers)]
        on = self.today - timedelta(days=(0, 0, 0, 1, 3, 9, 40)[b % 7])
        at = timezone.make_aware(datetime.combine(on, (time(0), time(12), time(23, 59))[b % 3]))
        member = ClassMembership.objects.filter(reader=reader, until=None).first()
        fields: dict[str, Any] = {"kind": kind, "lent_at": at, "returned_at": at}
        if kind == "corner":
            fields["box"] = self.box
        copy = self.copies[(a + b) % len(self.copies)]
        loan = make_loan(copy=copy, reader=reader, school_class=member and member.school_class, **fields)
        self._event(loan, CirculationEvent.Kind.CHECKOUT)

    def lend_to_class(self, a: int, b: int) -> None:
        at = self.now()
        loan = Loan.objects.create(
            kind="class", copy=self.copies[b % len(self.copies)], borrower_key=uuid4(), category="collective",
            school_class=self.classes[0], box=self.box, lent_at=at, returned_at=at, due_on=self.today,
            loan_days=60, max_renewals=0,
        )  # fmt: skip
        self._event(loan, CirculationEvent.Kind.CHECKOUT)

    def undo(self, a: int, b: int) -> None:
        loans = Loan.objects.filter(voided_at=None).order_by("pk")
        if loans:
            loan = loans[a % len(loans)]
            loan.voided_at = self.now()
            loan.save(update_fields=["voided_at"])
            done = CirculationEvent.objects.get(loan=loan, kind=CirculationEvent.Kind.CHECKOUT)
            self._event(loan, CirculationEvent.Kind.UNDO, undoes=done)

    def _event(self, loan: Loan, kind: str, **fields: Any) -> None:
        CirculationEvent.objects.create(
            kind=kind, at=loan.lent_at, recorded_at=self.now(), loan=loan, copy=loan.copy, reader=loan.reader, **fields
        )

    def move(self, a: int, b: int) -> None:
        reader = self.readers[a % 4]
        member = ClassMembership.objects.filter(reader=reader, until=None).first()
        if member and member.since < self.today:
            ClassMembership.objects.filter(pk=member.pk).update(until=self.today)
            ClassMembership.objects.create(reader=reader, school_class=self.classes[b % 3], since=self.today)

    def leave(self, a: int, b: int) -> None:
        Reader.objects.filter(pk=self.readers[a % 4].pk).update(left_on=self.today, status="left")

    def forget(self, a: int, b: int) -> None:
        """Loans, and what readers wrote, are cut from them."""
        Loan.objects.update(reader=None)
        for model in (ActivityRegistration, Entry, Honour, ReadingNote, Suggestion):
            model.objects.update(reader=None)

    def card(self, a: int, b: int) -> None:
        reader = self.readers[a % 4]
        if not Card.objects.filter(reader=reader, status="valid").update(status="lost", ended_on=self.today):
            Card.objects.create(reader=reader, barcode=f"N{self.acts}", issued_on=self.today)

    def set_state(self, a: int, b: int) -> None:
        state = ("withdrawn", "lost", "missing", "on_shelf")[b % 4]
        self._change(a, state=state)

    def reprice(self, a: int, b: int) -> None:
        self._change(a, price=(None, Decimal("7.70"), Decimal(30))[b % 3])

    def put_elsewhere(self, a: int, b: int) -> None:
        self._change(a, location=self.rooms[b % 2], in_room_only=b % 3 == 0)

    def _change(self, a: int, **fields: Any) -> None:
        Copy.objects.filter(pk=self.copies[a % len(self.copies)].pk).update(**fields)

    def reclass(self, a: int, b: int) -> None:
        Title.objects.filter(pk=self.titles[a % len(self.titles)].pk).update(main_class=LETTERS[b % 4])

    def close_room(self, a: int, b: int) -> None:
        Location.objects.filter(pk=self.rooms[a % 2].pk).update(circulates=b % 2 == 0)

    def merge(self, a: int, b: int) -> None:
        """Two titles become one: the copies move, the other goes."""
        if len(self.titles) > 1:
            goes = self.titles.pop(a % len(self.titles))
            Copy.objects.filter(title=goes).update(title=self.titles[b % len(self.titles)])
            Title.objects.filter(pk=goes.pk).delete()

    def add_copy(self, a: int, b: int) -> None:
        copy = self._copy(a)
        Copy.objects.filter(pk=copy.pk).update(title=self.titles[b % len(self.titles)], acquired_on=self.today)
        self.copies.append(copy)

    def remove_copy(self, a: int, b: int) -> None:
        """One that was entered by mistake and never lent."""
        copy = self.copies[a % len(self.copies)]
        if len(self.copies) > 1 and not Loan.objects.filter(copy=copy).exists():
            self.copies.remove(copy)
            Copy.objects.filter(pk=copy.pk).delete()

    def visit(self, a: int, b: int) -> None:
        with_class = {"kind": "class", "school_class": self.classes[a % 3], "heads": 20 + b}
        alone = {"kind": "card", "reader": self.readers[5], "category": "staff"}
        at, electronic = self.now(), a % 5 == 0
        Visit.objects.create(at=at, is_electronic=electronic, **(with_class if b % 2 else alone))

    def hold(self, a: int, b: int) -> None:
        """An activity with some who take part, in one way or another; every third is part of the one before."""
        before = Activity.objects.order_by("-pk").first()
        fields: dict[str, Any] = {"state": ("published", "over", "cancelled", "draft")[b % 4]}
        fields |= {"took_part": a} if b % 5 == 0 else {}
        parent = before if a % 3 == 0 and before and before.parent_id is None else None
        on = self.today - timedelta(days=(0, 0, 3, 40)[a % 4])
        activity = make_activity(starts_on=on, ends_on=on, parent=parent, published_at=self.now(), **fields)
        for number, cancelled in ((a, None), (b, self.now())):
            ActivityRegistration.objects.create(
                activity=activity, by_what="class", school_class=self.classes[number % 3], number_of_people=number,
                at=self.now(), cancelled_at=cancelled,
            )  # fmt: skip
        ActivitySession.objects.create(activity=activity, on=on, present=(None, 7, 30)[b % 3])

    def hand_in(self, a: int, b: int) -> None:
        activity = Activity.objects.order_by("-pk").first()
        if activity:
            state = {"state": "handed_in", "handed_in_at": self.now()} if b % 3 else {"state": "draft"}
            common = {"activity": activity, "number": self.acts, "source": "paper", "saved_at": self.now()}
            Entry.objects.create(reader=self.readers[a % 4], **common, **state)

    def honour(self, a: int, b: int) -> None:
        """A line of the register, or the last one is taken back."""
        last = Honour.objects.filter(revoked_on=None).order_by("-pk").first()
        if b % 4 == 0 and last and last.awarded_on <= self.today:
            Honour.objects.filter(pk=last.pk).update(revoked_on=self.today, reason="误发")
        else:
            words = {"occasion": "读书节", "award": "一等奖", "name": "王小明"}
            Honour.objects.create(awarded_on=self.today, reader=self.readers[a % 4], **words)

    def note(self, a: int, b: int) -> None:
        reader = self.readers[a % len(self.readers)]
        member = ClassMembership.objects.filter(reader=reader, until=None).first()
        ReadingNote.objects.create(
            reader=reader, category=reader.category, school_class=member and member.school_class, source="paper",
            state=("handed_in", "marked", "draft")[b % 3], saved_at=self.now(),
            written_on=self.today - timedelta(days=(0, 2, 40)[a % 3]),
        )  # fmt: skip

    def ask(self, a: int, b: int) -> None:
        at = self.now()
        if b % 2:
            Suggestion.objects.create(name="草房子", reader=self.readers[a % 6], at=at, state_at=at)
        else:
            MaterialRequest.objects.create(category="teacher", subject="端午", purpose="lesson", at=at)

    def night(self, a: int, b: int) -> None:
        """The day is over and written down; the next act is some days later."""
        self.days.append(write_down(self.today))
        self.today += timedelta(days=(1, 1, 2, 5, 8, 20)[a % 6])

    def roll(self, a: int, b: int) -> None:
        """The worker counts ahead, at whatever hour."""
        roll_up(at=self.now(), reference=current_reference())


ACTS: dict[str, Callable[[School, int, int], None]] = {
    "lend": School.lend,
    "lend more": lambda school, a, b: school.lend(a + 1, b),
    "corner": lambda school, a, b: school.lend(a, b, "corner"),
    "room": lambda school, a, b: school.lend(a, b, "room"),
    "class": School.lend_to_class,
    "undo": School.undo,
    "move": School.move,
    "leave": School.leave,
    "forget": School.forget,
    "card": School.card,
    "state": School.set_state,
    "price": School.reprice,
    "place": School.put_elsewhere,
    "reclass": School.reclass,
    "room rule": School.close_room,
    "merge": School.merge,
    "add": School.add_copy,
    "remove": School.remove_copy,
    "visit": School.visit,
    "activity": School.hold,
    "work": School.hand_in,
    "honour": School.honour,
    "note": School.note,
    "ask": School.ask,
    "night": School.night,
    "night again": School.night,
    "roll": School.roll,
    "roll again": School.roll,
}
