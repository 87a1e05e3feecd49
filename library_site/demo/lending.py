"""The demo's past: week by week, class by class, who came, brought back and took home.

Written for millions of loans: acts are lines of COPY's text format, handed over term by term.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from uuid import UUID

from circulation.models import CirculationEvent, Loan
from library_site.demo.books import Book, Shelved
from library_site.demo.bulk import Columns
from library_site.demo.calendar import OpenDays, Term
from library_site.demo.people import Person, School, random_key

LOANS_PER_READER_AND_WEEK = 0.62
LOAN_COLUMNS = Columns(
    Loan, "id", "copy", "reader", "borrower_key", "category", "school_class", "lent_at", "due_on", "returned_at",
    "renewals", "loan_days", "max_renewals", "lent_by",
)  # fmt: skip
EVENT_COLUMNS = Columns(
    CirculationEvent, "id", "kind", "at", "by", "loan", "copy", "reader", "school_class", "code", "details"
)
# What each age likes: factors on a title's popularity for the lower, middle and upper grades, and for grown-ups.
TASTE = {"lower": (6.0, 1.2, 0.2, 0.05), "student": (0.35, 1.0, 1.0, 0.1), "all": (0.2, 0.6, 1.0, 1.0)}
TASTE["teacher"] = (0.0, 0.0, 0.01, 4.0)
FAVOURITE_CLASSES = {"I": 1.7, "J": 1.5, "Q": 1.2, "Z": 1.1, "K": 0.9, "E": 1.3, "N": 1.3}

# The weekdays on which a class comes, counted from its own: {days later: which visit of the week}.
VISIT_DAYS = {0: 0, 2: 1, 4: 2}
SHARES = (0.55, 0.35, 0.25)
NULL = "\\N"


@dataclass(frozen=True)
class Terms:
    """What a reader category may: books at a time, days, renewals."""

    category: str
    max_loans: int
    days: int
    renewals: int


STUDENT, TEACHER, STAFF = Terms("student", 2, 14, 1), Terms("teacher", 10, 60, 1), Terms("staff", 5, 30, 1)
TERMS = {terms.category: terms for terms in (STUDENT, TEACHER, STAFF)}


@dataclass(slots=True)
class Held:
    """An open loan."""

    pk: int
    copy: int
    book: Book
    school_class: int | None
    key: UUID
    lent_on: date
    lent_at: str
    due_on: date
    by: int
    renewals: int = 0


@dataclass(slots=True)
class Borrower:
    """A reader and the habits that chance gave: how much, how carefully, which shelves."""

    person: Person
    terms: Terms
    appetite: float
    diligence: float
    held: list[Held] = field(default_factory=list)
    school_class: int | None = None
    taste: int = 3
    key: UUID | None = None


@dataclass(slots=True)
class Written:
    """Lines waiting for COPY."""

    loans: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


class Lending:
    """Plays the terms one after another; `play` yields what happened in each, `finish` what is still out."""

    def __init__(
        self, rng: Random, *, school: School, books: list[Book], shelved: list[Shelved], open_days: OpenDays,
        accounts: tuple[int, int],
    ) -> None:  # fmt: skip
        self.rng = rng
        self.books = books
        self.open_days = open_days
        self.librarian, self.helper = accounts
        self.borrowers = [_borrower(rng, person) for person in school.people]
        self.eagerness = {pk: rng.uniform(0.25, 1.9) for pk in school.classes.values()}
        self.free: dict[int, list[int]] = defaultdict(list)
        self.coming = sorted(shelved, key=lambda copy: copy.acquired_on, reverse=True)
        self.keys: list[tuple[UUID, int, int]] = []
        self.loans = self.events = 0
        self.written = Written()
        popularity = [_popularity(rng, book) for book in books]
        self.shelves = [
            list(accumulate(weight * TASTE[book.audience][age] for weight, book in zip(popularity, books, strict=True)))
            for age in range(4)
        ]

    def play(self, terms: list[Term], *, loans: int | None, until: date) -> Iterator[Written]:
        """Plays all open days up to `until`; about `loans` loans in all, or as many as a usual school lends."""
        played = [(term, self._weeks(term, until)) for term in terms]
        weight = sum(share for _term, weeks in played for _days, share in weeks)
        present = sum(1 for borrower in self.borrowers if borrower.person.left_on is None)
        gain = 1.0
        target = round(LOANS_PER_READER_AND_WEEK * present * weight) if loans is None else loans
        for term, weeks in played:
            self._begin(term)
            expected = sum(borrower.appetite for borrower in self.borrowers if borrower.key)
            for days, share in weeks:
                wanted = (target - self.loans) * share / weight if weight > 0 else 0.0
                weight -= share
                lent_before = self.loans
                for day in days:
                    self._day(day, gain * wanted / expected, recall=share == 0)
                if wanted >= 1:  # not every wish is met: the more are missed, the more are needed
                    gain = min(4.0, max(1.0, gain * (wanted / max(1, self.loans - lent_before)) ** 0.25))
            yield self._take()

    def finish(self) -> Written:
        """The loans that are still open."""
        for borrower in self.borrowers:
            for loan in borrower.held:
                self._write_loan(borrower, loan, "\\N")
        return self._take()

    def _take(self) -> Written:
        written, self.written = self.written, Written()
        return written

    def _weeks(self, term: Term, until: date) -> list[tuple[list[date], float]]:
        """The open days of each week with the week's share of lending; nothing is lent in the last two weeks."""
        weeks: dict[date, list[date]] = defaultdict(list)
        for day in self.open_days.between(term.starts_on, min(term.ends_on, until)):
            weeks[day - timedelta(days=day.weekday())].append(day)
        recall = term.ends_on - timedelta(days=17)
        return [
            (days, 0.0 if monday > recall else len(days) / 5 * self.rng.uniform(0.75, 1.25) * (0.5 if n == 0 else 1.0))
            for n, (monday, days) in enumerate(sorted(weeks.items()))
        ]

    def _begin(self, term: Term) -> None:
        """Everyone's class, age and key in this school year."""
        for borrower in self.borrowers:
            person = borrower.person
            begun = person.entry_year <= term.year and (person.left_on is None or person.left_on > term.starts_on)
            if not begun:
                borrower.key = None
                continue
            if term.number == 1 or borrower.key is None:
                borrower.key = random_key(self.rng)
                self.keys.append((borrower.key, person.pk, term.year))
            borrower.school_class = person.class_on(term.starts_on)
            borrower.taste = 3 if not person.entry_year else min(2, (term.year - person.entry_year) // 2)
        self.groups = _groups(self.borrowers)

    def _day(self, day: date, rate: float, *, recall: bool) -> None:
        self._shelve(day)
        weekday = day.weekday()
        visits = [
            (borrower, VISIT_DAYS[(weekday - index) % 5])
            for index, group in enumerate(self.groups)
            if (weekday - index) % 5 in VISIT_DAYS
            for borrower in group
        ]
        if not visits:
            return
        # A small school comes at noon; a large one needs the whole day.
        seconds = min(17.0, 28_800 / len(visits))
        moment = 42_900 if seconds * len(visits) < 5_400 else 29_100
        for number, (borrower, nth) in enumerate(visits):
            self._visit(borrower, day, moment + int(number * seconds), rate, nth, recall)

    def _shelve(self, day: date) -> None:
        while self.coming and self.coming[-1].acquired_on <= day:
            copy = self.coming.pop()
            self.free[copy.book.pk].append(copy.pk)

    def _visit(self, borrower: Borrower, day: date, second: int, rate: float, nth: int, recall: bool) -> None:
        rng = self.rng
        wish = borrower.appetite * rate * self.eagerness.get(borrower.school_class or 0, 1.0)
        # A second and third visit in the week are for those who read much.
        if nth and wish < nth and not recall:
            return
        by = self.helper if borrower.terms is STUDENT and second % 3 else self.librarian
        iso = day.isoformat()
        if borrower.held:
            second = self._bring_back(borrower, day, iso, second, by, recall, 5 if wish < 1.0 else 2)
        if recall or not borrower.appetite or rng.random() < 0.04:
            return
        if wish >= 1.0:
            wish *= SHARES[nth]
        count = min(borrower.terms.max_loans - len(borrower.held), int(wish + rng.random()))
        for _n in range(count):
            self._check_out(borrower, day, iso, second, by)
            second += 4

    def _bring_back(
        self, borrower: Borrower, day: date, iso: str, second: int, by: int, recall: bool, days: int
    ) -> int:
        """Returns and renews; a book is read after `days`."""
        rng = self.rng
        kept = []
        for loan in borrower.held:
            out = (day - loan.lent_on).days
            left = (loan.due_on - day).days
            read = out >= days if borrower.terms is STUDENT else out >= 12
            brings = borrower.diligence if recall or left < 7 else (0.72 if read else 0.12)
            if rng.random() < brings:
                at = _at(iso, second)
                self._write_event("return", at, by, loan, borrower, "{}")
                self._write_loan(borrower, loan, at)
                self.free[loan.book.pk].append(loan.copy)
                second += 4
                continue
            kept.append(loan)
            if not recall and 0 <= left < 7 and loan.renewals < borrower.terms.renewals and rng.random() < 0.6:
                self._renew(borrower, loan, day, iso, second, by)
                second += 4
        borrower.held = kept
        return second

    def _renew(self, borrower: Borrower, loan: Held, day: date, iso: str, second: int, by: int) -> None:
        before = loan.due_on
        loan.due_on = self.open_days.on_or_after(day + timedelta(days=borrower.terms.days))
        loan.renewals += 1
        details = f'{{"due_on": ["{before}", "{loan.due_on}"]}}'
        self._write_event("renewal", _at(iso, second), by, loan, borrower, details)

    def _check_out(self, borrower: Borrower, day: date, iso: str, second: int, by: int) -> None:
        book = self._choose(borrower.taste)
        if book is None or any(loan.book is book for loan in borrower.held):
            return
        assert borrower.key is not None
        self.loans += 1
        book.loans += 1
        at = _at(iso, second)
        due_on = self.open_days.on_or_after(day + timedelta(days=borrower.terms.days))
        loan = Held(
            self.loans, self.free[book.pk].pop(), book, borrower.school_class, borrower.key, day, at, due_on, by
        )  # fmt: skip
        borrower.held.append(loan)
        self._write_event("checkout", at, by, loan, borrower, "{}")

    def _choose(self, taste: int) -> Book | None:
        """A title by popularity that has a copy in; a few tries, as readers do."""
        weights = self.shelves[taste]
        for _try in range(6):
            index = bisect(weights, self.rng.random() * weights[-1])
            if index < len(self.books) and self.free[index + 1]:
                return self.books[index]
        return None

    def _write_loan(self, borrower: Borrower, loan: Held, returned_at: str) -> None:
        terms = borrower.terms
        self.written.loans.append(
            f"{loan.pk}\t{loan.copy}\t{borrower.person.pk}\t{loan.key}\t{terms.category}\t{loan.school_class or NULL}\t"
            f"{loan.lent_at}\t{loan.due_on}\t{returned_at}\t{loan.renewals}\t{terms.days}\t{terms.renewals}\t{loan.by}"
            f"{LOAN_COLUMNS.text_end}"
        )

    def _write_event(self, kind: str, at: str, by: int, loan: Held, borrower: Borrower, details: str) -> None:
        self.events += 1
        self.written.events.append(
            f"{self.events}\t{kind}\t{at}\t{by}\t{loan.pk}\t{loan.copy}\t{borrower.person.pk}\t"
            f"{loan.school_class or NULL}\t{loan.copy:08d}\t{details}{EVENT_COLUMNS.text_end}"
        )


def _at(iso: str, second: int) -> str:
    return f"{iso} {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}+08"


def _borrower(rng: Random, person: Person) -> Borrower:
    if person.category != "student":
        return Borrower(person, TERMS[person.category], rng.uniform(0.0, 1.2), rng.uniform(0.75, 0.98))
    # A few borrow nothing, many a little, some everything.
    appetite = 0.0 if rng.random() < 0.04 else rng.gammavariate(1.7, 0.6)
    return Borrower(person, STUDENT, appetite, rng.choice((0.98, 0.96, 0.93, 0.9, 0.85, 0.8, 0.6, 0.12)))


def _popularity(rng: Random, book: Book) -> float:
    taste = FAVOURITE_CLASSES.get(book.clc_number[0], 0.5)
    fame = 2.5 if book.known else 1.0
    return taste * fame * len(book.copies) ** 0.8 * min(5.0, rng.paretovariate(1.8))


def _groups(borrowers: list[Borrower]) -> list[list[Borrower]]:
    """Those present, by class; the grown-ups last, as one group a weekday."""
    groups: dict[int, list[Borrower]] = defaultdict(list)
    grown_ups: list[list[Borrower]] = [[] for _weekday in range(5)]
    for borrower in borrowers:
        if borrower.key is None:
            continue
        if borrower.school_class is None:
            grown_ups[borrower.person.pk % 5].append(borrower)
        else:
            groups[borrower.school_class].append(borrower)
    classes = [groups[pk] for pk in sorted(groups)]
    # Grown-ups come on the weekday that their place in the list gives them.
    return classes + [grown_ups[(len(classes) + n) % 5] for n in range(5)]
