"""Loading the demo school into an empty database."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from activities.operations.awards import load_award_rules
from activities.operations.settings import load_kinds
from catalog.models import ClcClass, Copy, Title
from catalog.operations.clc import load_clc
from catalog.operations.label_stock import load_stocks
from catalog.operations.search_index import index_titles
from circulation.models import BorrowerKey, CirculationEvent, Closure, Loan, LoanPolicy, OpeningHours
from library_site.demo.activities import write_activities
from library_site.demo.awards import write_awards
from library_site.demo.blocks import write_blocks
from library_site.demo.booklists import write_booklists
from library_site.demo.books import COPIES, make_locations, plan_books, write_copies, write_titles
from library_site.demo.boxes import write_boxes
from library_site.demo.bulk import Columns, built_afterwards, continue_numbering, copy_rows, copy_text
from library_site.demo.calendar import OpenDays, closed_days, school_year_of, terms_of
from library_site.demo.charges import write_charges
from library_site.demo.day import write_closings
from library_site.demo.figures import write_figures
from library_site.demo.goals import close_semesters, write_goals
from library_site.demo.journeys import write_journeys
from library_site.demo.lending import EVENT_COLUMNS, LOAN_COLUMNS, TERMS, Lending, Written
from library_site.demo.news import write_news
from library_site.demo.notes import write_notes
from library_site.demo.opening import write_opening
from library_site.demo.overdue import write_overdue
from library_site.demo.papers import write_papers
from library_site.demo.people import (
    DEMO_PASSWORD,
    READERS,
    make_accounts,
    plan_people,
    write_cards,
    write_class_teachers,
    write_people,
)
from library_site.demo.plans import write_care, write_plans
from library_site.demo.quizzes import write_quiz
from library_site.demo.reservations import write_reservations
from library_site.demo.standards import write_standards
from library_site.demo.timetable import write_timetable
from library_site.demo.voice import write_voice
from library_site.demo.works import write_works
from library_site.models import NumberSeries, Role, School, User
from readers.models import Card, ClassMembership, ClassTeacher, Grade, Reader, SchoolYear, Semester
from readers.rules.naming import default_grades
from reports.operations.standards import load_standards

SCHOOL_NAME = "云溪市实验小学（演示）"
SEED = 20180528
LOANS_PER_READER_AND_YEAR = 60
DEFAULT_TERMS = 2


class DatabaseNotEmpty(Exception):
    """The demo school is only ever loaded into a database that holds no school."""

    def __str__(self) -> str:
        return (
            "数据库中已有数据，演示数据只能装入空数据库。 "
            "The database is not empty; the demo school is loaded into an empty one only."
        )


def is_loaded() -> bool:
    return School.objects.filter(name=SCHOOL_NAME).exists()


def logins() -> list[tuple[str, str, str]]:
    """One (role, account, password) per role."""
    return [(str(role.label), str(role), DEMO_PASSWORD) for role in Role]


def load(*, readers: int | None = None, copies: int | None = None, loans: int | None = None, today: date) -> None:
    """Makes the demo school: 512 readers, 12,000 copies and two semesters of loans unless told otherwise.

    `readers` are those present today. A number of loans is spread over as many past school years as it needs.
    The same arguments give the same school. One transaction: a failure leaves the database empty;
    only charges and awards follow it, by the acts of the pages.
    Refused by `DatabaseNotEmpty` where there is a school, an account, a reader or a title.
    """
    if any(model.objects.exists() for model in (School, User, Reader, Title)):
        raise DatabaseNotEmpty
    if not ClcClass.objects.exists():
        load_clc()
    load_stocks()
    load_standards()
    load_kinds()
    load_award_rules()
    with transaction.atomic(durable=True), built_afterwards(Loan, CirculationEvent, Copy, Title, Reader):
        _load(readers or READERS, copies or COPIES, loans, today)
    index_titles()
    close_semesters(today)
    write_charges(at=timezone.make_aware(datetime.combine(today - timedelta(days=1), time(16, 50))))
    write_awards(today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    write_figures(today)


def _load(readers: int, copies: int, loans: int | None, today: date) -> None:
    rng = Random(SEED)  # noqa: S311  # repeatable on purpose
    year = school_year_of(today)
    first_year = year - _past_years(readers, loans)
    years = range(first_year, year + 1)
    _make_school(years)
    school = plan_people(rng, readers=readers, first_year=first_year, year=year)
    accounts = make_accounts(school, year)
    write_people(school)
    write_class_teachers(school, year=year)
    next_card = write_cards(rng, school, today=today, year=year)
    books = plan_books(rng, copies=copies, today=today, past_years=year - first_year)
    shelved = write_copies(rng, books, make_locations(), today=today)
    terms = [term for year_ in years for term in terms_of(year_) if term.starts_on < today]
    lending = Lending(
        rng, school=school, books=books, shelved=shelved, open_days=_open_days(years),
        accounts=(accounts[Role.LIBRARIAN], accounts[Role.HELPER]),
    )  # fmt: skip
    # A usual demo shows two semesters; figures that were asked for fill all the years.
    for written in lending.play(
        terms if loans else terms[-DEFAULT_TERMS:], loans=loans, until=today - timedelta(days=1)
    ):
        _write(written)
    _write(lending.finish())
    years_by_start = {row.start_year: row.pk for row in SchoolYear.objects.all()}
    copy_rows(
        Columns(BorrowerKey, "key", "reader", "school_year"),
        ((key, reader, years_by_start[start]) for key, reader, start in lending.keys),
    )
    write_titles(books)
    NumberSeries.objects.create(kind=NumberSeries.Kind.COPY, next_value=copies + 1)
    NumberSeries.objects.create(kind=NumberSeries.Kind.CARD, next_value=next_card)
    continue_numbering(Reader, Copy, Title, Loan, CirculationEvent, Card, ClassMembership, ClassTeacher)
    write_opening(_open_days(years), since=date(year, 9, 1), today=today)
    write_timetable(
        school, terms, _open_days(years), by=accounts[Role.LIBRARIAN], until=today - timedelta(days=1)
    )  # fmt: skip
    past = _open_days(years).between(terms[0].starts_on, today - timedelta(days=1))
    write_blocks(today, by=accounts[Role.LIBRARIAN])
    write_overdue(past, by=accounts[Role.LIBRARIAN])
    write_closings(past, by=accounts[Role.LIBRARIAN])
    write_plans(today)
    write_goals(today, by=accounts[Role.LIBRARIAN])
    write_care(past, by=accounts[Role.LIBRARIAN])
    write_boxes(past, by=accounts[Role.LIBRARIAN])
    write_papers(past, by=accounts[Role.LIBRARIAN])
    write_reservations(past, _open_days(years), by=accounts[Role.LIBRARIAN])
    write_standards(today, by=accounts[Role.LIBRARIAN])
    write_journeys(today)
    write_activities(today, by=accounts[Role.LIBRARIAN], teacher=accounts[Role.TEACHER])
    write_booklists(today, year=year, by=accounts[Role.LIBRARIAN])
    write_quiz(today, by=accounts[Role.LIBRARIAN])
    write_notes(today, by=accounts[Role.LIBRARIAN])
    write_voice(today, by=accounts[Role.LIBRARIAN])
    write_news(past, by=accounts[Role.LIBRARIAN])
    write_works(today, by=accounts[Role.LIBRARIAN])


def _write(written: Written) -> None:
    copy_text(LOAN_COLUMNS, written.loans)
    copy_text(EVENT_COLUMNS, written.events)


def _past_years(readers: int, loans: int | None) -> int:
    return 1 if loans is None else max(1, round(loans / readers / LOANS_PER_READER_AND_YEAR))


def _make_school(years: range) -> None:
    School.objects.create(pk=1, name=SCHOOL_NAME, stages=["primary"])
    Grade.objects.bulk_create(
        Grade(stage=stage, position=position, name=name) for stage, position, name in default_grades(["primary"], "6-3")
    )
    for year in years:
        row = SchoolYear.objects.create(start_year=year, starts_on=date(year, 9, 1), ends_on=date(year + 1, 8, 31))
        Semester.objects.bulk_create(
            Semester(school_year=row, number=term.number, starts_on=term.starts_on, ends_on=term.ends_on)
            for term in terms_of(year)
        )
    Closure.objects.bulk_create(
        Closure(starts_on=row.starts_on, ends_on=row.ends_on, reason=row.reason) for row in closed_days(years)
    )
    OpeningHours.objects.bulk_create(OpeningHours(weekday=day, opens=time(8), closes=time(17, 10)) for day in range(5))
    LoanPolicy.objects.bulk_create(
        LoanPolicy(
            category=terms.category, material="", effective_from=date(years[0], 9, 1), max_loans=terms.max_loans,
            loan_days=terms.days, max_renewals=terms.renewals,
        )
        for terms in TERMS.values()
    )  # fmt: skip


def _open_days(years: range) -> OpenDays:
    return OpenDays(closed_days(years), date(years[0], 9, 1), date(years[-1] + 2, 1, 1))
