"""A slow, obvious recount of every figure: plain loops over plain rows, no SQL of the product, no counts made ahead.

What was held, enrolled and valid on a day is written down on that day, from the tables as they were then.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from chinese_calendar import is_workday
from django.utils import timezone

from activities.models import Activity, ActivitySession, Entry, Honour, MaterialRequest, ReadingNote, Suggestion
from catalog.models import Copy
from circulation.models import Loan, Visit
from readers.models import Card, ClassMembership


@dataclass
class Day:
    """The school at the end of a day."""

    day: date
    copies: list[Any]  # (copy, title, main class, circulates, room, price, acquired on) of those on the books
    added: list[date]
    pupils: dict[int, int]  # {pupil: class}
    with_card: set[int]
    main_class_of: dict[int, str]  # {copy: main class}


def write_down(day: date) -> Day:
    """Reads the tables as they are now: to be called when `day` is over and nothing of the next has happened."""
    copies = list(Copy.objects.select_related("title", "location"))
    held = [
        (
            copy.pk,
            copy.title_id,
            copy.title.main_class,
            copy.location.circulates and not copy.in_room_only,
            copy.location_id,
            copy.price,
        )
        for copy in copies
        if copy.state not in ("withdrawn", "lost") and (copy.acquired_on is None or copy.acquired_on <= day)
    ]
    pupils = {}
    for member in ClassMembership.objects.select_related("reader"):
        in_class = member.since <= day and (member.until is None or member.until > day)
        at_school = member.reader.left_on is None or member.reader.left_on > day
        if in_class and at_school and member.reader.category == "student":
            pupils[member.reader_id] = member.school_class_id
    cards = {
        card.reader_id
        for card in Card.objects.all()
        if card.issued_on <= day and (card.ended_on is None or card.ended_on > day)
    }
    added = [copy.acquired_on for copy in copies if copy.acquired_on is not None and copy.acquired_on <= day]
    return Day(day, held, added, pupils, cards & set(pupils), {copy.pk: copy.title.main_class for copy in copies})


def day_of(loan: Loan) -> date:
    return timezone.localtime(loan.lent_at).date()


def loans_in(first: date, last: date) -> list[Loan]:
    return [loan for loan in Loan.objects.all() if loan.voided_at is None and first <= day_of(loan) <= last]


def own(loans: list[Loan], *categories: str) -> list[Loan]:
    """Those in a reader's name."""
    return [row for row in loans if row.kind in ("reader", "corner") and (not categories or row.category in categories)]


def people(loans: list[Loan]) -> int:
    return len({loan.borrower_key for loan in loans})


def mondays(first: date, last: date) -> list[date]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return sorted({day - timedelta(days=day.weekday()) for day in days})


def open_weeks(first: date, last: date, today: date, ends_on: date) -> list[date]:
    """Open on working days; the week that runs is not over."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weeks = {day - timedelta(days=day.weekday()) for day in days if is_workday(day)}
    running = today - timedelta(days=today.weekday())
    return sorted(week for week in weeks if last == ends_on or week != running)


def quotient(over: Any, under: int, percent: bool = False) -> Decimal | None:
    if under == 0:
        return None
    exact = Fraction(over) * (100 if percent else 1) / under
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def recount(first: date, ends_on: date, day: Day, *, year_began: date) -> dict[str, Decimal | None]:
    """{figure: value} of the days from `first` to that day, in a period that ends on `ends_on`.

    Figures by another formula have its name behind a colon.
    """
    last = day.day
    loans = loans_in(first, last)
    of_students, of_all = own(loans, "student"), own(loans)
    known = any(loan.voided_at is None and day_of(loan) <= last for loan in Loan.objects.all())
    students = len(day.pupils)
    circulating = len([row for row in day.copies if row[3]])
    lent = len({loan.copy_id for loan in of_all})
    weeks = open_weeks(first, last, last, ends_on)
    by_week = defaultdict(set)
    for loan in of_students:
        on = day_of(loan)
        by_week[on - timedelta(days=on.weekday())].add(loan.borrower_key)
    in_weeks = sum(len(by_week[week]) for week in weeks)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    months = len({(on.year, on.month) for on in days if is_workday(on)})
    visits = [
        row
        for row in Visit.objects.all()
        if row.voided_at is None and not row.is_electronic and timezone.localtime(row.at).date() <= last
    ]
    seen = any(row.voided_at is None and timezone.localtime(row.at).date() <= last for row in Visit.objects.all())
    came = [row for row in visits if timezone.localtime(row.at).date() >= first]
    from_loans = {
        "books_per_student": quotient(len(of_students), students),
        "circulation_rate": quotient(len(of_all), circulating, percent=True),
        "circulation_rate:borrowers": quotient(len(of_all), people(of_all)),
        "circulation_rate:copies_lent": quotient(lent, circulating, percent=True),
        "utilisation": quotient(lent, circulating, percent=True),
        "borrowing_rate": quotient(people(of_students), students, percent=True),
        "weekly_borrowing_rate": quotient(in_weeks, students * len(weeks), percent=True),
        "loans_per_student_month": quotient(len(of_students), students * months),
        "student_loans": Decimal(len(of_students)),
        "teacher_loans": Decimal(len(own(loans, "teacher", "staff"))),
        "all_loans": Decimal(len(of_all)),
        "corner_loans": Decimal(len([loan for loan in of_students if loan.kind == "corner"])),
        "class_loans": Decimal(len([loan for loan in loans if loan.kind == "class"])),
        "room_uses": Decimal(len([loan for loan in loans if loan.kind == "room"])),
        "borrowers": Decimal(people(of_students)),
    }
    from_visits = {
        "visits": Decimal(sum(row.heads for row in came)),
        "visits_per_student": quotient(sum(row.heads for row in came if row.school_class_id), students),
    }
    return {
        **(from_loans if known else dict.fromkeys(from_loans)),
        **(from_visits if seen else dict.fromkeys(from_visits)),
        "card_coverage": quotient(len(day.with_card), students, percent=True),
        "additions_per_student": quotient(len([on for on in day.added if on >= year_began]), students),
        "holdings_per_student": quotient(len(day.copies), students),
        "students": Decimal(students),
        "circulating_copies": Decimal(circulating),
        "copies_held": Decimal(len(day.copies)),
        "titles_held": Decimal(len({row[1] for row in day.copies})),
        "value_held": sum((row[5] or Decimal(0) for row in day.copies), Decimal(0)),
        "additions": Decimal(len([on for on in day.added if on >= first])),
        **recount_reading(first, last, students),
    }


def recount_reading(first: date, last: date, students: int) -> dict[str, Decimal | None]:
    """What readers did beside borrowing; None for what nobody had done by the last day."""
    shown = [row for row in Activity.objects.all() if row.state in ("published", "over")]
    festivals = {row.parent_id for row in shown}
    held = [row for row in shown if row.pk not in festivals]
    notes = [row.written_on for row in ReadingNote.objects.all() if row.category == "student" and row.state != "draft"]
    honours = [row for row in Honour.objects.all() if row.revoked_on is None or row.revoked_on > last]
    days = {
        "activities": [row.starts_on for row in held],
        "participants": [row.starts_on for row in held for _one in range(took_part(row))],
        "works": [local(row.handed_in_at) for row in Entry.objects.all() if row.state == "handed_in"],
        "prizes": [row.awarded_on for row in honours],
        "reading_notes": notes,
        "suggestions": [local(row.at) for row in Suggestion.objects.all() if row.item_id is None],
        "material_requests": [local(row.at) for row in MaterialRequest.objects.all()],
    }
    asked = {**days, "participants": days["activities"]}
    found = {
        code: Decimal(len([on for on in all_days if first <= on <= last]))
        if any(on <= last for on in asked[code])
        else None
        for code, all_days in days.items()
    }
    written = found["reading_notes"]
    return {**found, "notes_per_student": None if written is None else quotient(int(written), students)}


def took_part(activity: Activity) -> int:
    if activity.took_part is not None:
        return activity.took_part
    standing = [row.number_of_people for row in activity.registrations.all() if row.cancelled_at is None]
    present = [row.present or 0 for row in ActivitySession.objects.filter(activity=activity)]
    works = [row for row in activity.entries.all() if row.state == "handed_in"]
    sheets = [quiz.attempts.exclude(handed_in_at=None).count() for quiz in activity.quizzes.all()]
    return max(sum(standing), sum(present), len(works), *sheets)


def local(at: Any) -> date:
    return timezone.localtime(at).date()


def recount_classes(first: date, day: Day) -> dict[int | None, tuple[int, int, int]]:
    """{class: (students, loans, borrowers)}."""
    loans = own(loans_in(first, day.day), "student")
    keys = {loan.school_class_id for loan in loans} | set(day.pupils.values())
    return {
        key: (
            len([pupil for pupil in day.pupils.values() if pupil == key]),
            len([loan for loan in loans if loan.school_class_id == key]),
            people([loan for loan in loans if loan.school_class_id == key]),
        )
        for key in keys
    }


def recount_subjects(first: date, day: Day) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for loan in own(loans_in(first, day.day)):
        found[day.main_class_of[loan.copy_id]] += 1
    return dict(found)


def recount_weeks(first: date, last: date) -> list[tuple[date, int, int]]:
    """(Monday, loans by students, students who borrowed) of each week, as far as it lies in these days."""
    loans = own(loans_in(first, last), "student")
    found = []
    for monday in mondays(first, last):
        week = [loan for loan in loans if monday <= day_of(loan) < monday + timedelta(days=7)]
        found.append((monday, len(week), people(week)))
    return found


def recount_holdings(day: Day) -> dict[tuple[int, bool, str], tuple[int, int, Decimal]]:
    """{(room, circulates, main class): (titles, copies, value)}."""
    found = defaultdict(list)
    for row in day.copies:
        found[row[4], row[3], row[2]].append(row)
    return {
        key: (len({row[1] for row in rows}), len(rows), sum((row[5] or Decimal(0) for row in rows), Decimal(0)))
        for key, rows in found.items()
    }


def recount_collection(first: date, day: Day) -> dict[str, tuple[int, int, int, Decimal, int]]:
    """{main class: (titles, copies, copies that may be taken home, value, loans)}; '' = unclassified."""
    loans = recount_subjects(first, day)
    found = defaultdict(list)
    for row in day.copies:
        found[row[2]].append(row)
    return {
        letter: (
            len({row[1] for row in found[letter]}),
            len(found[letter]),
            len([row for row in found[letter] if row[3]]),
            sum((row[5] or Decimal(0) for row in found[letter]), Decimal(0)),
            loans.get(letter, 0),
        )
        for letter in {*found, *loans}
    }
