"""The demo school, small: what every size of it must hold."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, F
from django.test import Client
from django.urls import reverse

from catalog.models import ClcClass, Copy, Location, Shelf, Title
from catalog.queries.places import shelf_rows
from catalog.rules.classification import MAIN_CLASSES
from circulation.models import (
    BorrowerKey,
    Box,
    BoxStay,
    CirculationEvent,
    Closure,
    LibraryPeriod,
    Loan,
    OwnBook,
    Reminder,
    Reservation,
    Visit,
)
from library_site.demo import loader
from library_site.models import NumberSeries, Role, School, User
from library_site.shared.codes import isbn13
from readers.models import Card, ClassMembership, Reader
from tests.factories.site import make_user

TODAY = date(2026, 11, 22)
SMALL = {"readers": 64, "copies": 600, "loans": 700}

pytestmark = pytest.mark.django_db


@pytest.fixture
def classes():
    """The 22 main classes only; the whole table has its own test."""
    ClcClass.objects.bulk_create(ClcClass(code=letter, name=letter, level=1) for letter in MAIN_CLASSES)


@pytest.fixture
def demo(classes):
    loader.load(**SMALL, today=TODAY)


def taken_home():
    return Loan.objects.filter(kind=Loan.Kind.READER)


def test_load_makes_as_much_as_asked_for(demo):
    assert Reader.objects.filter(status="active").count() == 64
    assert Copy.objects.count() == 600
    assert Title.objects.count() == 125
    assert 0.9 * 700 <= taken_home().count() <= 1.02 * 700
    assert loader.is_loaded()


@pytest.mark.parametrize(
    "today",
    [date(2026, 9, 1), date(2027, 2, 3), date(2027, 7, 20), date(2031, 10, 10)],
    ids=["first day of school", "winter holidays", "summer holidays", "holidays not announced yet"],
)
def test_load_works_on_any_day_of_the_year(classes, today):
    loader.load(readers=64, copies=600, today=today)

    last = Loan.objects.order_by("-lent_at")[0]
    assert last.lent_at.date() < today
    assert not CirculationEvent.objects.filter(at__date__gte=today).exists()
    assert not Card.objects.filter(issued_on__gt=today).exists()


def test_load_is_refused_where_there_is_a_school(demo):
    with pytest.raises(loader.DatabaseNotEmpty):
        loader.load(**SMALL, today=TODAY)


def test_load_demo_is_refused_where_there_is_an_account(classes):
    make_user()

    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demo", readers=10, copies=10, loans=10)

    assert not School.objects.exists()


def test_load_gives_the_same_school_each_time(classes):
    def loaded():
        before = transaction.savepoint()
        loader.load(**SMALL, today=TODAY)
        facts = (
            list(Reader.objects.order_by("pk").values_list("name", "number")),
            list(Title.objects.order_by("pk").values_list("name", "clc_number", "book_number", "popularity")),
            list(Loan.objects.order_by("pk").values_list("copy", "reader", "lent_at", "returned_at", "borrower_key")),
        )
        transaction.savepoint_rollback(before)
        return facts

    assert loaded() == loaded()


def test_loans_keep_the_rules_of_the_desk(demo):
    assert Reader.objects.filter(status="left", loans__returned_at=None, loans__isnull=False).count() == 0
    open_loans = taken_home().filter(returned_at=None)
    assert open_loans.exists()
    most = open_loans.filter(category="student").values("reader").annotate(n=Count("pk")).order_by("-n")[0]["n"]
    assert most <= 2
    assert not Loan.objects.filter(due_on__week_day__in=(1, 7)).exists()
    assert not taken_home().filter(copy__location__circulates=False).exists()
    away = Loan.objects.exclude(copy__state="on_shelf").exclude(copy__charges__kind="loss")
    assert not away.exists()
    assert not Loan.objects.filter(lent_at__date__lt=F("copy__acquired_on")).exists()
    assert Loan.objects.order_by("-lent_at")[0].lent_at.date() < TODAY
    assert not Loan.objects.filter(lent_at__date__week_day__in=(1, 7)).exists()


def test_no_copy_is_out_twice_at_a_time(demo):
    previous: dict[int, Loan] = {}
    for loan in Loan.objects.exclude(kind=Loan.Kind.CORNER).order_by("copy", "lent_at"):
        before = previous.get(loan.copy_id)
        assert before is None or before.returned_at <= loan.lent_at
        previous[loan.copy_id] = loan


def test_every_loan_has_its_events_its_class_and_its_key(demo):
    kinds = dict(CirculationEvent.objects.values_list("kind").annotate(Count("pk")))
    assert kinds["checkout"] == Loan.objects.count()
    assert kinds["return"] + kinds["lost"] == Loan.objects.exclude(returned_at=None).count()
    assert kinds["renewal"] == sum(Loan.objects.values_list("renewals", flat=True)) > 0
    keys = dict(BorrowerKey.objects.values_list("key", "reader"))
    for loan in Loan.objects.exclude(kind=Loan.Kind.CLASS):
        assert keys[loan.borrower_key] == loan.reader_id
        assert (loan.school_class_id is None) == (loan.category != "student")
    times = list(taken_home().order_by("events__pk").values_list("events__at", flat=True))
    assert all(later - earlier > -timedelta(minutes=2) for earlier, later in pairwise(times))


def test_pupils_are_in_one_class_and_some_have_no_card(demo):
    pupils = Reader.objects.filter(status="active", category="student")
    assert ClassMembership.objects.filter(until=None).count() == pupils.count()
    assert not ClassMembership.objects.filter(until=None).exclude(reader__status="active").exists()
    assert not Reader.objects.filter(pinyin="").exists()
    assert 0 < Card.objects.filter(status="valid").count() <= 64
    assert Closure.objects.filter(reason="国庆节").exists()


def test_titles_are_classed_numbered_and_found(demo):
    classified = Title.objects.exclude(clc_number="")
    assert not classified.exclude(main_class=F("clc_class")).exists()
    assert not Title.objects.filter(search=None).exists()
    assert not classified.values("clc_number", "book_number").annotate(n=Count("pk")).filter(n__gt=1).exists()
    assert sum(Title.objects.values_list("popularity", flat=True)) == taken_home().count()


def test_newest_titles_wait_for_class_and_labels(demo):
    waiting = Title.objects.filter(clc_number="")
    assert 0 < waiting.count() < 0.05 * Title.objects.count()
    assert set(waiting.values_list("book_number", "main_class", "clc_class")) == {("", "", None)}
    assert not Copy.objects.filter(barcode_label_at=None).exists()
    due = Copy.objects.filter(spine_label_at=None)
    assert 0 < due.count() < 0.2 * Copy.objects.count()
    assert set(due.values_list("acquired_on", flat=True)) <= {TODAY - timedelta(days=17), TODAY - timedelta(days=38)}


def test_titles_say_for_whom_and_for_what_they_are(demo):
    assert {"语文", "数学", "科学"} <= set(Title.objects.values_list("course", flat=True))
    assert {"picture", "primary_lower", "primary_middle", "primary_upper", ""} == set(
        Title.objects.values_list("stage", flat=True)
    )
    assert not Title.objects.filter(has_pinyin=True).exclude(stage__in=("picture", "primary_lower")).exists()
    assert Title.objects.exclude(subjects="").exists()
    isbns = Title.objects.exclude(isbn="").values_list("isbn", flat=True)
    assert len(set(isbns)) == len(isbns) > 0
    assert all(isbn13(isbn) == isbn for isbn in isbns)


def test_sets_have_their_volumes_and_shares_of_the_price(demo):
    sets = Title.objects.filter(volumes__gt=1)
    assert sets.exists()
    copies = Copy.objects.filter(title__in=sets)
    assert not copies.filter(volume="").exists()
    assert not Copy.objects.exclude(title__in=sets).exclude(volume="").exists()
    priced = copies.exclude(price=None)[0]
    assert abs(priced.price * priced.title.volumes - priced.title.price) < 1


def test_copies_came_in_batches_and_stand_on_shelves(demo):
    assert not Copy.objects.exclude(batch__received_on=F("acquired_on")).exists()
    for place in Location.objects.all():
        _shelves, before_the_first = shelf_rows(place.pk)
        assert before_the_first == 0
    assert Shelf.objects.filter(location__name="流通书库").count() > 5


def test_numbers_and_keys_go_on_after_the_last(demo):
    assert NumberSeries.objects.get(kind="copy").next_value == 601
    next_card = NumberSeries.objects.get(kind="card").next_value
    assert not Card.objects.filter(barcode__gte=str(next_card)).exists()
    copy = Copy.objects.create(
        title=Title.objects.create(name="新书"),
        barcode="X1",
        accession_number="X1",
        location=Copy.objects.first().location,
    )
    assert copy.pk == 601


def test_constraints_and_indexes_are_back(demo):
    """What was taken off for loading stands again: the same as in the migrations."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "circulation_loan")
    assert {"loan_one_open_per_copy", "loan_lent_at", "loan_reader_history"} <= set(constraints)
    assert sum(1 for found in constraints.values() if found["foreign_key"]) == 6


def test_demo_has_a_timetable_and_visits_up_to_yesterday(demo):
    assert LibraryPeriod.objects.count() == 6
    assert set(Visit.objects.values_list("kind", flat=True)) == {"card", "class", "period"}
    assert not Visit.objects.filter(at__date__gte=TODAY).exists()


def test_every_role_can_log_in(demo):
    names = {}
    for _role, account, password in loader.logins():
        client = Client()
        client.post(reverse("login"), {"username": account, "password": password})
        names[account] = client.session.get("_auth_user_id")
    assert names == {str(role): str(User.objects.get(roles=[role]).pk) for role in Role}


def test_pages_open_over_the_demo(demo, client: Client):
    client.force_login(User.objects.get(username="librarian"))

    assert client.get(reverse("home")).status_code == 200


def test_late_books_were_called_in_and_books_are_read_in_the_room(demo):
    uses = Loan.objects.filter(kind=Loan.Kind.ROOM)
    assert uses.filter(returned_at=None).count() == 2
    assert not uses.filter(copy__location__circulates=True).exists()
    late = Loan.objects.filter(returned_at=None, due_on__lt=TODAY - timedelta(days=7))
    assert not late.filter(reminders=None).filter(kind=Loan.Kind.READER).exists()
    assert not Reminder.objects.filter(day__lte=F("loan__due_on")).exists()


def test_boxes_stand_with_classes_and_classmates_have_books_of_them(demo):
    stays = BoxStay.objects.filter(until=None)
    assert (stays.count(), Box.objects.count(), BoxStay.objects.exclude(until=None).count()) == (4, 5, 2)
    for stay in stays:
        out = Loan.objects.filter(returned_at=None, box=stay.box, school_class=stay.school_class)
        assert out.filter(kind="class").count() == 18
        assert 0 < out.filter(kind="corner").count() <= 4
    assert OwnBook.objects.filter(given_back_on=None).count() == 3


def test_books_are_waited_for_and_stand_on_the_pickup_shelf(demo):
    states = dict(Reservation.objects.values_list("state").annotate(Count("pk")))
    assert set(states) == {"waiting", "ready"}
    ready = Reservation.objects.filter(state="ready")
    assert not Loan.objects.filter(returned_at=None, copy__in=ready.values("copy")).exists()
    assert Reservation.objects.filter(class_set__isnull=False).exists()
