"""Self-service: one's own only, by the rules, nothing overridden."""

import re
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circulation.models import Charge, ChargeEntry, CirculationEvent, LoanPolicy, ReaderBlock, Reservation, Suspension
from readers.models import ClassTeacher, PersonLook
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 12, 12, 20, tzinfo=timezone.get_default_timezone())
OVERVIEW = reverse("own:overview")


@pytest.fixture
def me():
    return make_reader("王小明", account=make_user("student"))


def client_of(reader_or_user):
    client = Client(headers={"accept-language": "en"})
    user = getattr(reader_or_user, "account", reader_or_user)
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    return client


def borrow(reader, name="草房子", *, days_ago=7, due_in=7, **fields):
    fields.setdefault("lent_at", NOW - timedelta(days=days_ago))
    copy = make_copy(title=make_title(name))
    return make_loan(reader=reader, copy=copy, due_on=NOW.date() + timedelta(days=due_in), **fields)


def charge(reader, owed="28.00", paid=None):
    made = Charge.objects.create(reader=reader, kind="loss", at=NOW, copy=make_copy(title=make_title("童年")))
    ChargeEntry.objects.create(charge=made, kind="owed", amount=Decimal(owed), at=NOW)
    if paid:
        ChargeEntry.objects.create(charge=made, kind="payment", amount=-Decimal(paid), at=NOW)
    return made


def renew(reader, loan, **data):
    return client_of(reader).post(reverse("own:renew", args=[loan.pk]), data, follow=True)


@pytest.mark.parametrize("role", ["student", "teacher"])
def test_own_books_are_shown_and_nobody_elses(role):
    me, other = make_reader(account=make_user(role)), make_reader()
    borrow(me, "童年")
    borrow(me, "草房子", returned_at=NOW)
    borrow(other, "红楼梦")
    client = client_of(me)
    page = client.get(OVERVIEW).content.decode()
    assert "童年" in page
    assert not {"草房子", "红楼梦"} & set(re.findall("草房子|红楼梦", page))
    past = client.get(reverse("own:history")).content.decode()
    assert "草房子" in past
    assert not PersonLook.objects.exists()


def test_how_often_staff_looked_is_told(me):
    PersonLook.objects.create(reader=me, what="history", by=make_user("librarian"), at=NOW)
    assert "Library staff looked at this list 1 time" in client_of(me).get(OVERVIEW).content.decode()


def test_account_without_a_reader_is_told_so():
    client = client_of(make_user("student"))
    assert "belongs to no reader" in client.get(OVERVIEW).content.decode()
    assert client.get(reverse("own:history")).status_code == 404
    assert client.post(reverse("own:renew_all")).status_code == 404


def test_suspension_block_money_and_ready_books_are_told(me):
    Suspension.objects.create(reader=me, starts_on=NOW.date(), ends_on=date(2026, 10, 20))
    ReaderBlock.objects.create(reader=me, reason="总是撕书", since=NOW)
    charge(me, "28.00", "8.00")
    title = make_title("城南旧事")
    ready = {"state": "ready", "copy": make_copy(title=title), "expires_on": date(2026, 10, 15), "ready_at": NOW}
    Reservation.objects.create(title=title, reader=me, placed_at=NOW, **ready)
    page = client_of(me).get(OVERVIEW).content.decode()
    assert "until 10/20/2026" in page
    assert "see the librarian" in page
    assert "总是撕书" not in page  # the note is the librarian's own
    assert "20.00 yuan" in page
    assert "Waiting for you until 2026-10-15" in page


def test_place_in_the_queue_is_told_without_names(me):
    title, others = make_title("城南旧事"), [make_reader("别人甲"), make_reader("别人乙")]
    for number, reader in enumerate([*others, me]):
        Reservation.objects.create(title=title, reader=reader, placed_at=NOW + timedelta(minutes=number))
    Reservation.objects.create(title=title, reader=make_reader("别人丙"), placed_at=NOW + timedelta(days=1))
    page = client_of(me).get(OVERVIEW).content.decode()
    assert "2 readers before you" in page
    assert "别人" not in page


def test_charges_are_listed_with_their_entries(me):
    charge(me, "28.00", "8.00")
    charge(make_reader(), "77.00")
    page = client_of(me).get(reverse("own:charges")).content.decode()
    assert {"28.00", "-8.00", "20.00"} <= set(re.findall(r"-?\d+\.\d\d", page))
    assert "77.00" not in page


@pytest.mark.cases("RN-9")
def test_own_book_is_renewed_by_the_rules(me):
    loan = borrow(me, due_in=2)
    page = renew(me, loan).content.decode()
    loan.refresh_from_db()
    assert (loan.due_on, loan.renewals) == (NOW.date() + timedelta(days=14), 1)
    assert "due 10/26/2026" in page


@pytest.mark.cases("RN-9")
@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"due_in": -1}, "overdue"),
        ({"renewals": 1}, "Renewed as often as allowed"),
        ({"returned_at": NOW}, "already back"),
    ],
)
def test_own_book_is_not_renewed_against_the_rules(me, fields, why):
    loan = borrow(me, **fields)
    page = renew(me, loan, overrides="renewal_overdue", reason="please").content.decode()
    assert why in page
    assert not CirculationEvent.objects.exists()


def _others_wait(me, loan):
    Reservation.objects.create(title=loan.copy.title, reader=make_reader(), placed_at=NOW)


def _suspended(me, loan):
    Suspension.objects.create(reader=me, starts_on=NOW.date(), ends_on=date(2026, 10, 20))


def _blocked(me, loan):
    ReaderBlock.objects.create(reader=me, reason="请到服务台", since=NOW)


def _owing(me, loan):
    LoanPolicy.objects.filter(category="student").update(owes_at_most=Decimal("10"))
    charge(me, "28.00")


@pytest.mark.cases("RN-9")
@pytest.mark.parametrize("obstacle", [_others_wait, _suspended, _blocked, _owing])
def test_what_stands_against_renewing_at_the_desk_stands_here_too(me, obstacle):
    loan = borrow(me, due_in=2)
    obstacle(me, loan)
    page = renew(me, loan).content.decode()
    assert "Not renewed: 草房子" in page
    assert "请到服务台" not in page  # the librarian's note
    assert not CirculationEvent.objects.exists()


@pytest.mark.cases("RN-9")
def test_other_peoples_loans_do_not_exist(me):
    loan = borrow(make_reader(account=make_user("student")))
    assert renew(me, loan).status_code == 404
    assert renew(me, loan=type(loan)(pk=999_999)).status_code == 404
    loan.refresh_from_db()
    assert loan.renewals == 0


@pytest.mark.cases("RN-9")
def test_button_pressed_twice_renews_once(me):
    loan = borrow(me, due_in=2)
    type(loan).objects.filter(pk=loan.pk).update(max_renewals=5)
    scan = uuid.uuid4()
    renew(me, loan, scan_id=scan)
    renew(me, loan, scan_id=scan)
    loan.refresh_from_db()
    assert loan.renewals == 1
    assert CirculationEvent.objects.get().desk == "self"


@pytest.mark.cases("RN-9")
def test_all_that_can_be_are_renewed_and_the_rest_says_why(me):
    fine, late = borrow(me, "童年"), borrow(me, "草房子", due_in=-3)
    other = borrow(make_reader())
    page = client_of(me).post(reverse("own:renew_all"), follow=True).content.decode()
    for loan in (fine, late, other):
        loan.refresh_from_db()
    assert [loan.renewals for loan in (fine, late, other)] == [1, 0, 0]
    assert "1 renewed" in page
    assert "Not renewed: 草房子" in page


def test_corner_book_has_no_button(me):
    loan = borrow(me, kind="corner")
    page = client_of(me).get(OVERVIEW).content.decode()
    assert "From the book corner" in page
    assert reverse("own:renew", args=[loan.pk]) not in page


@pytest.mark.parametrize("page", ["own:overview", "own:history", "own:charges"])
def test_page_costs_the_same_for_one_row_and_three(me, page):
    client = client_of(me)

    def statements():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(page))
        return len(queries)

    def row(name):
        borrow(me, name)
        borrow(me, name, returned_at=NOW)
        charge(me)
        Reservation.objects.create(title=make_title(name), reader=me, placed_at=NOW)

    row("一")
    statements()
    one = statements()
    row("二")
    row("三")
    assert statements() == one


def test_title_that_is_out_is_reserved_and_given_up(me):
    title = borrow(make_reader(), "城南旧事").copy.title
    client = client_of(me)
    page = reverse("catalog:title", args=[title.pk])
    assert reverse("own:reserve", args=[title.pk]) in client.get(page).content.decode()
    answer = client.post(reverse("own:reserve", args=[title.pk]), follow=True).content.decode()
    turn = Reservation.objects.get()
    assert (turn.reader, turn.state, turn.placed_by) == (me, "waiting", me.account)
    assert "Reserved: 城南旧事" in answer
    assert "You are next" in answer
    client.post(reverse("own:cancel", args=[turn.pk]))
    turn.refresh_from_db()
    assert turn.state == "cancelled"


def test_title_that_is_in_is_not_offered_and_not_reserved(me):
    title = make_copy(title=make_title("城南旧事")).title
    client = client_of(me)
    offer = reverse("own:reserve", args=[title.pk])
    assert offer not in client.get(reverse("catalog:title", args=[title.pk])).content.decode()
    answer = client.post(reverse("own:reserve", args=[title.pk]), follow=True).content.decode()
    assert "Not reserved: 城南旧事" in answer
    assert not Reservation.objects.exists()


def test_title_that_is_in_for_the_room_only_is_offered_while_the_one_to_borrow_is_out(me):
    title = borrow(make_reader(), "城南旧事").copy.title
    make_copy(title=title, location=make_location("工具书阅览室", circulates=False))
    client = client_of(me)
    offer = reverse("own:reserve", args=[title.pk])
    assert offer in client.get(reverse("catalog:title", args=[title.pk])).content.decode()
    client.post(offer)
    assert Reservation.objects.get().reader == me


def test_reserving_is_not_offered_to_who_is_no_reader():
    title = borrow(make_reader()).copy.title
    page = reverse("catalog:title", args=[title.pk])
    offer = reverse("own:reserve", args=[title.pk])
    assert offer not in Client().get(page).content.decode()
    assert offer not in client_of(make_user("helper")).get(page).content.decode()


def test_other_peoples_turns_do_not_exist(me):
    turn = Reservation.objects.create(title=make_title(), reader=make_reader(), placed_at=NOW)
    assert client_of(me).post(reverse("own:cancel", args=[turn.pk])).status_code == 404
    assert client_of(me).post(reverse("own:reserve", args=[999_999])).status_code == 404
    turn.refresh_from_db()
    assert turn.state == "waiting"


def test_start_page_of_a_class_teacher_says_what_the_own_class_has_out(library):
    teacher = make_reader(category="teacher", account=make_user("teacher"))
    ClassTeacher.objects.create(reader=teacher, school_class=library.school_class, since=date(2026, 9, 1))
    pupil = make_reader("李雷", school_class=library.school_class)
    borrow(pupil)
    borrow(pupil, due_in=-2)
    borrow(pupil, returned_at=NOW)
    borrow(make_reader(school_class=make_class(2023, 1)))
    answer = client_of(teacher).get(reverse("home"))
    assert [(row.out, row.late) for row in answer.context["led"]] == [(2, 1)]
    page = answer.content.decode()
    assert f"{reverse('circulation:out')}?class={library.school_class.pk}" in page
    assert "李雷" not in page


def test_start_page_of_other_teachers_and_pupils_names_no_class(me):
    teacher = make_reader(category="teacher", account=make_user("teacher"))
    assert client_of(teacher).get(reverse("home")).context["led"] == []
    assert client_of(me).get(reverse("home")).context["led"] == []
