"""What a figure is made of: its numerator and denominator by class, week, month, room and main class.

No list names a person. Each adds up to the count that it stands for, except where it counts people: whoever borrowed
in two classes or two months is in both.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.models import ClcClass, Location
from catalog.rules.classification import MAIN_CLASSES
from library_site.shared.figures import ratio
from library_site.shared.reference import Reference
from readers.queries.classes import school_year_on
from reports.queries import behind_reading
from reports.queries.behind_tables import BehindTable, Cell, Sources
from reports.queries.facts import Facts
from reports.queries.holdings import HoldingsRow
from reports.queries.loans import IN_A_READERS_NAME, loans_between
from reports.queries.past import COPIES_THEN
from reports.queries.trends import TrendRow
from reports.rules.figures import midnight

_ADDED_BY_MONTH = f"""
    WITH {COPIES_THEN}
    SELECT date_trunc('month', acquired_on)::date, count(*)::int, coalesce(sum(price), 0)
      FROM copy_then WHERE acquired_on >= %(first)s AND acquired_on <= %(day)s GROUP BY 1 ORDER BY 1
"""  # noqa: S608


def behind(code: str, facts: Facts, *, reference: Reference, today: date) -> list[BehindTable]:
    """The lists behind a figure of the catalogue."""
    sources = Sources(facts, reference, today)
    return [make(sources) for make in LISTS.get(code, ())]


def _by_class(
    column: str, head: Callable[[], str], *, per: str = "", percent: bool = False
) -> Callable[[Sources], BehindTable]:
    """A count of each class beside its students, and what it is for each of them."""

    def make(sources: Sources) -> BehindTable:
        rows = sources.classes()
        number = (lambda row: len(row.borrowers)) if column == "borrowers" else (lambda row: getattr(row, column))
        own = {"loans": sources.facts.student_loans, "borrowers": sources.facts.borrowers}
        total = own.get(column, sum(number(row) for _name, row in rows))
        heads = [_("Class"), pgettext("number", "Students"), head(), _("Share") if percent else _("For each student")]

        def line(students: int, counted: int) -> list[Cell]:
            return [students, counted, ratio(counted, students, percent=percent)]

        return BehindTable(
            title=pgettext("behind a figure", "By class"),
            heads=heads,
            rows=[(name, line(row.students, number(row))) for name, row in rows],
            total=line(sources.facts.students, total),
            percent=frozenset({2}) if percent else frozenset(),
        )

    return make


def _students(sources: Sources) -> BehindTable:
    rows: list[tuple[str, Sequence[Cell]]] = [(name, [row.students]) for name, row in sources.classes()]
    return BehindTable(
        pgettext("behind a figure", "By class"),
        [_("Class"), pgettext("number", "Students")],
        rows,
        [sources.facts.students],
    )


def _monthly(*columns: tuple[str, Callable[[], str]], adds: bool = True) -> Callable[[Sources], BehindTable]:
    """Counts of each month; people do not add up, since one can be counted in several."""

    def make(sources: Sources) -> BehindTable:
        rows = [(date_format(row.first, "YEAR_MONTH_FORMAT"), row) for row in sources.months()]
        return _trend(_("By month"), _("Month"), rows, columns, adds=adds)

    return make


def _weekly(sources: Sources) -> BehindTable:
    """Who borrowed in each week, and what share of the students that is."""
    students = sources.facts.students
    rows: list[tuple[str, Sequence[Cell]]] = []
    for row in sources.weeks():
        share = None if row.borrowers is None else ratio(row.borrowers, students, percent=True)
        rows.append((_("Week from %(day)s") % {"day": f"{row.first:%Y-%m-%d}"}, [row.borrowers, students, share]))
    heads = [_("Week"), _("Students who borrowed"), pgettext("number", "Students"), _("Share")]
    note = _("The mean leaves out weeks without an open day and the week that still runs.")
    return BehindTable(_("By week"), heads, rows, note=note, percent=frozenset({2}))


def _trend(
    title: str,
    first: str,
    rows: Sequence[tuple[str, TrendRow]],
    columns: Sequence[tuple[str, Callable[[], str]]],
    *,
    adds: bool,
) -> BehindTable:
    cells = [(name, [getattr(row, column) for column, _head in columns]) for name, row in rows]
    total = [_sum([line[place] for _name, line in cells]) for place in range(len(columns))] if adds else None
    return BehindTable(title, [first, *(head() for _column, head in columns)], cells, total)


def _rooms(*, circulating: bool = False) -> Callable[[Sources], BehindTable]:
    """What is held in each room; `circulating`: only what may be taken home."""

    def make(sources: Sources) -> BehindTable:
        found = [row for row in sources.held().rows if row.circulates or not circulating]
        names = dict(Location.objects.values_list("pk", "name"))
        by_room: dict[str, list[HoldingsRow]] = {}
        for row in found:
            by_room.setdefault(names.get(row.location_id or 0, "—"), []).append(row)
        rows: list[tuple[str, Sequence[Cell]]] = [(name, _held(own)) for name, own in sorted(by_room.items())]
        title = _("Circulating collection by room") if circulating else _("By room")
        return BehindTable(title, [_("Room"), _("Copies"), _("Value in yuan")], rows, _held(found))

    return make


def _main_classes(sources: Sources) -> BehindTable:
    names = dict(ClcClass.objects.filter(code__in=[*MAIN_CLASSES]).values_list("code", "name"))
    found = sorted(sources.held().classes, key=lambda row: (not row.main_class, row.main_class))
    rows: list[tuple[str, Sequence[Cell]]] = [
        (f"{row.main_class} {names.get(row.main_class, '')}".strip() or _("Unclassified"), _titled([row]))
        for row in found
    ]
    heads = [_("Main class"), _("Titles"), _("Copies"), _("Value in yuan")]
    return BehindTable(_("By main class"), heads, rows, _titled(found))


def _lent_by_room(sources: Sources) -> BehindTable:
    """Copies lent at least once, in the room where they stand today."""
    names = dict(Location.objects.values_list("pk", "name"))
    period = sources.facts.period
    loans = loans_between(period.starts_on, period.ends_on).filter(kind__in=IN_A_READERS_NAME)
    counted = loans.values_list("copy__location").annotate(number=Count("copy", distinct=True))
    found = sorted((names.get(pk, "—"), number) for pk, number in counted)
    rows: list[tuple[str, Sequence[Cell]]] = [(name, [number]) for name, number in found]
    heads = [_("Room"), _("Copies lent at least once")]
    return BehindTable(_("Lent at least once, by room"), heads, rows, [sum(number for _name, number in found)])


def _added(*, in_year: bool) -> Callable[[Sources], BehindTable]:
    """Copies by the month in which they were acquired, in the period or since the school year began."""

    def make(sources: Sources) -> BehindTable:
        last, first = sources.facts.period.until, sources.facts.period.starts_on
        year = school_year_on(sources.reference, last) if in_year else None
        asked = {"first": year.starts_on if year else first, "day": last, "night": midnight(last + timedelta(days=1))}
        with connection.cursor() as cursor:
            cursor.execute(_ADDED_BY_MONTH, asked)
            found = cursor.fetchall()
        rows = [(date_format(month, "YEAR_MONTH_FORMAT"), [copies, value]) for month, copies, value in found]
        total: list[Cell] = [sum(row[1] for row in found), sum((row[2] for row in found), Decimal(0))]
        return BehindTable(_("Acquired by month"), [_("Month"), _("Copies"), _("Value in yuan")], rows, total)

    return make


def _by_category(sources: Sources) -> BehindTable:
    facts = sources.facts
    rows: list[tuple[str, Sequence[Cell]]] = [(_("Students"), [facts.student_loans, facts.borrowers])]
    names = {"teacher": _("Teachers"), "staff": _("Staff")}
    rows += [(names[key], [row.loans, len(row.borrowers)]) for key, row in facts.adults.items()]
    heads = [_("Readers"), _("Books lent"), _("People who borrowed")]
    return BehindTable(_("By readers"), heads, rows, [facts.all_loans, facts.all_borrowers])


def _held(rows: Sequence[HoldingsRow]) -> list[Cell]:
    return [sum(row.copies for row in rows), sum((row.value for row in rows), Decimal(0))]


def _titled(rows: Sequence[HoldingsRow]) -> list[Cell]:
    return [sum(row.titles for row in rows), *_held(rows)]


def _sum(numbers: Sequence[Cell]) -> Cell:
    """Of what is known; None where nothing is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _loans_head() -> str:
    return _("Loans by students")


def _teachers_head() -> str:
    return _("Loans by teachers")


def _all_head() -> str:
    return _("All loans")


_STUDENT_MONTHS = _monthly(("student_loans", _loans_head))
_STUDENT_CLASSES = _by_class("loans", _loans_head)
_ALL_MONTHS = _monthly(("student_loans", _loans_head), ("teacher_loans", _teachers_head), ("all_loans", _all_head))
_BORROWERS = (
    _by_class("borrowers", lambda: _("Students who borrowed"), percent=True),
    _monthly(("borrowers", lambda: _("Students who borrowed")), adds=False),
)
_STOCK = (_rooms(), _main_classes)

LISTS: dict[str, Sequence[Callable[[Sources], BehindTable]]] = {
    "books_per_student": (_STUDENT_CLASSES, _STUDENT_MONTHS),
    "circulation_rate": (_ALL_MONTHS, _by_category, _rooms(circulating=True)),
    "utilisation": (_lent_by_room, _rooms(circulating=True)),
    "borrowing_rate": _BORROWERS,
    "weekly_borrowing_rate": (_weekly,),
    "loans_per_student_month": (_STUDENT_MONTHS, _STUDENT_CLASSES),
    "card_coverage": (_by_class("cards", lambda: _("Students with a card"), percent=True),),
    "visits": (_monthly(("visits", lambda: _("Visits"))),),
    "visits_per_student": (_by_class("visits", lambda: _("Visits")), _monthly(("visits", lambda: _("Visits")))),
    "holdings_per_student": (*_STOCK, _students),
    "additions_per_student": (_added(in_year=True), _students),
    "student_loans": (_STUDENT_MONTHS, _STUDENT_CLASSES),
    "teacher_loans": (_monthly(("teacher_loans", _teachers_head)), _by_category),
    "all_loans": (_ALL_MONTHS, _by_category),
    "corner_loans": (
        _monthly(("corner_loans", lambda: _("Loans at book corners"))),
        _by_class("corner", lambda: _("Loans at book corners")),
    ),
    "class_loans": (_monthly(("class_loans", lambda: _("Lent in a class's name"))),),
    "room_uses": (_monthly(("room_uses", lambda: _("Used in the room"))),),
    "borrowers": _BORROWERS,
    "students": (_students,),
    "circulating_copies": (_rooms(circulating=True),),
    "copies_held": _STOCK,
    "titles_held": (_main_classes,),
    "value_held": _STOCK,
    "additions": (_added(in_year=False),),
    **behind_reading.LISTS,
}
