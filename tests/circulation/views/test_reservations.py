"""The pages of reservations: shelf, queues, slips, class sets; and what the desk says of them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circulation.models import ClassSet, Loan, Reservation
from library_site.models import Role
from readers.models import ClassTeacher
from tests.factories.catalog import make_copy, make_title
from tests.factories.desk import NOON, lend
from tests.factories.readers import make_class, make_reader
from tests.factories.reservations import make_class_set, make_queue, make_ready, make_reservation
from tests.factories.site import make_user

FRIDAY = date(2026, 10, 16)


@pytest.fixture
def client(library):
    return client_of(library.librarian)


def client_of(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def get(client, name, *args, **query):
    return client.get(reverse(f"reservations:{name}", args=args), query)


def post(client, name, *args, **fields):
    return client.post(reverse(f"reservations:{name}", args=args), fields, follow=True)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.cases("RS-10")
def test_opening_the_shelf_ends_what_is_over_and_lists_what_is_to_be_done(client, library):
    over = make_ready(make_copy("10000001"), make_reader("王小明"), expires_on=date(2026, 10, 8))
    make_ready(make_copy("10000002"), make_reader("李小红", school_class=library.school_class), expires_on=FRIDAY)
    fetch = make_copy("10000003")
    make_queue(fetch.title, [make_reader()])
    page = text(get(client, "shelf"))
    over.refresh_from_db()
    assert over.state == "expired"
    assert all(barcode in page for barcode in ("10000001", "10000002", "10000003"))
    assert "三(1)班 李小红" in page
    post(client, "done", over.pk)
    assert "10000001" not in text(get(client, "shelf"))


def test_shelf_costs_the_same_for_one_and_three(client, library):
    counts = []
    for number in range(3):
        make_ready(make_copy(), make_reader(school_class=library.school_class), expires_on=FRIDAY)
        make_queue(make_copy().title, [make_reader()])
        get(client, "shelf")  # fills what a process keeps
        if number != 1:
            with CaptureQueriesContext(connection) as captured:
                get(client, "shelf")
            counts.append(len(captured))
    assert counts[0] == counts[1]


def test_queue_and_waiting_cost_the_same_for_one_and_three(client, library):
    title, counts = make_copy().title, []
    get(client, "queue", title.pk)  # fills what a process keeps
    for number in range(3):
        make_reservation(title, make_reader(school_class=library.school_class))
        make_reservation(make_copy().title, make_reader())
        if number != 1:
            with CaptureQueriesContext(connection) as captured:
                get(client, "queue", title.pk)
                get(client, "waiting")
            counts.append(len(captured))
    assert counts[0] == counts[1]


def test_fetched_copy_is_set_aside_by_its_barcode(client):
    copy = make_copy("10000001")
    (turn,) = make_queue(copy.title, [make_reader("王小明")])
    assert "王小明" in text(post(client, "set_aside", barcode="10000001"))
    turn.refresh_from_db()
    assert turn.copy == copy
    assert "nobody waits" in text(post(client, "set_aside", barcode="10000001"))
    assert "nobody waits" in text(post(client, "set_aside", barcode="?"))


@pytest.mark.cases("RS-1", "RS-2")
def test_librarian_reserves_for_a_reader_found_by_card_or_name(client, library):
    reader = make_reader("王小明", school_class=library.school_class, card="C1", pinyin="wang xiao ming")
    out, inside = make_copy("10000001"), make_copy("10000002")
    lend(out, make_reader(), library.librarian)
    assert "王小明" in text(get(client, "queue", out.title_id, who="C1"))
    post(client, "reserve", out.title_id, reader=reader.pk)
    assert Reservation.objects.get(title=out.title_id).reader == reader
    page = text(get(client, "queue", inside.title_id, who="王小明"))
    assert "10000002" in page
    post(client, "reserve", inside.title_id, reader=reader.pk, fetched="10000002")
    assert Reservation.objects.get(title=inside.title_id).state == "ready"


def test_several_readers_of_a_name_are_offered_and_nobody_is_said(client, library):
    for _number in range(2):
        make_reader("王小明", school_class=library.school_class)
    title = make_copy().title
    assert text(get(client, "queue", title.pk, who="王小明")).count("?reader=") >= 2
    assert "Nobody was found" in text(get(client, "queue", title.pk, who="???"))


@pytest.mark.cases("RS-4")
def test_refused_reservation_says_why(client, library):
    copy, reader = make_copy(), make_reader()
    lend(copy, make_reader(), library.librarian)
    post(client, "reserve", copy.title_id, reader=reader.pk)
    answer = post(client, "reserve", copy.title_id, reader=reader.pk)
    assert answer.status_code == 409
    assert "waits for the title already" in answer.content.decode()
    assert post(client, "reserve", copy.title_id, reader=999999).status_code == 200
    assert Reservation.objects.count() == 1


@pytest.mark.cases("RS-12")
def test_cancelling_on_the_page_serves_the_next(client):
    copy = make_copy()
    turn = make_ready(copy, make_reader(), expires_on=FRIDAY)
    (following,) = make_queue(copy.title, [make_reader()])
    for _again in range(2):
        post(client, "cancel", turn.pk)
    following.refresh_from_db()
    assert following.state == "ready"


@pytest.mark.parametrize("paper", ["80", "58", "a4"])
def test_slips_are_drawn_for_each_paper_and_remembered(client, paper):
    make_ready(make_copy("10000001"), make_reader("王小明"), expires_on=FRIDAY)
    assert f"slip_{paper}" in text(get(client, "slips", paper=paper))
    page = text(get(client, "slips"))
    assert f"slip_{paper}" in page
    assert "王小明" in page


def test_slip_of_what_is_no_longer_ready_is_gone(client):
    turn = make_reservation(make_title(), make_reader())
    assert get(client, "slip", turn.pk).status_code == 404


def test_class_teacher_reads_out_the_own_class_without_titles(library):
    teacher = make_reader("陈老师", category="teacher", account=make_user(Role.TEACHER))
    ClassTeacher.objects.create(school_class=library.school_class, reader=teacher, since=date(2026, 9, 1))
    own = make_copy(title=make_title("草房子"))
    make_ready(own, make_reader("王小明", school_class=library.school_class), expires_on=FRIDAY)
    make_ready(make_copy(), make_reader("李小红", school_class=make_class(2023, 2)), expires_on=FRIDAY)
    page = text(get(client_of(teacher.account), "by_class"))
    assert "王小明" in page
    assert "李小红" not in page
    assert "草房子" not in page


@pytest.mark.cases("RS-19")
def test_teacher_asks_and_sees_the_own_sets_only(library):
    teacher = make_reader("陈老师", category="teacher", account=make_user(Role.TEACHER))
    title = make_copy().title
    make_copy(title=title)
    mine = client_of(teacher.account)
    assert "Ask for a class set" in text(mine.get(reverse("catalog:title", args=[title.pk])))
    fields = {"wanted": 2, "needed_on": "2026-10-19", "school_class": library.school_class.pk}
    assert "三(1)班" in text(post(mine, "set_new", title.pk, **fields))
    other = make_class_set(make_title(), make_reader(category="teacher"), needed_on=FRIDAY)
    assert get(mine, "set", other.pk).status_code == 404
    assert post(mine, "set_end", other.pk).status_code == 404
    page = text(get(mine, "sets"))
    assert reverse("reservations:set", args=[ClassSet.objects.get(teacher=teacher).pk]) in page
    assert reverse("reservations:set", args=[other.pk]) not in page


@pytest.mark.cases("RS-19")
def test_librarian_asks_for_a_teacher_and_lends_all_at_once(client):
    make_reader("陈老师", category="teacher", card="T1")
    title = make_copy("10000001").title
    make_copy("10000002", title=title)
    answer = post(client, "set_new", title.pk, teacher="T1", wanted=2, needed_on="2026-10-11")
    assert answer.status_code == 422
    post(client, "set_new", title.pk, teacher="T1", wanted=2, needed_on="2026-10-19")
    wish = ClassSet.objects.get()
    for barcode in ("10000001", "10000002"):
        post(client, "set_aside", barcode=barcode)
    scan_id = uuid4()
    for _again in range(2):
        post(client, "set_lend", wish.pk, scan_id=scan_id)
    assert Loan.objects.count() == 2
    assert post(client, "set_lend", wish.pk, scan_id="x").status_code == 404


@pytest.mark.cases("RS-9", "RT-13")
def test_desk_says_that_a_returned_book_is_reserved_with_its_own_tone_and_slip(desk, library):
    copy = make_copy("10000001")
    lend(copy, make_reader(), library.librarian)
    turn = make_reservation(copy.title, make_reader("王小明"))
    answer = desk.scan("10000001")
    assert (answer.tone, answer.say) == ("reserved", "returned")
    assert "王小明" in answer.answer
    assert reverse("reservations:slip", args=[turn.pk]) in answer.answer


@pytest.mark.cases("RS-16")
def test_desk_says_that_a_book_stands_on_the_pickup_shelf(desk):
    copy = make_copy("10000001")
    make_ready(copy, make_reader("王小明"), expires_on=FRIDAY)
    answer = desk.scan("10000001")
    assert answer.tone == "notice"
    assert "10/16" in answer.answer
    assert not Loan.objects.exists()


@pytest.mark.cases("RS-9")
def test_desk_offers_to_set_a_waited_for_book_aside_once(desk):
    copy = make_copy("10000001")
    (turn,) = make_queue(copy.title, [make_reader()])
    fetched = reverse("reservations:fetched")
    assert fetched in desk.scan("10000001").answer
    values = {"scan_id": uuid4(), "at": "2026-10-12T04:20:00Z", "reader": "", "copy": copy.pk}
    tones = [desk.client.post(fetched, values).json()["tone"] for _again in range(2)]
    assert tones == ["reserved", "notice"]
    turn.refresh_from_db()
    assert turn.copy == copy


def statements(desk, code):
    with CaptureQueriesContext(connection) as captured:
        answer = desk.scan(code)
    sql = [query["sql"] for query in captured]
    return answer.tone, len([line for line in sql if not line.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))])


def test_scans_of_reserved_books_keep_the_budget_of_the_desk(desk, library):
    title = make_title()
    copies = [make_copy(f"1000000{number}", title=title) for number in range(4)]
    spare = make_copy("20000001")
    for copy in (copies[0], spare):
        lend(copy, make_reader(), library.librarian)
    make_reservation(title, make_reader())
    make_ready(copies[1], make_reader(card="C1", school_class=library.school_class), expires_on=FRIDAY)
    make_ready(copies[2], make_reader(), expires_on=FRIDAY)
    desk.scan("20000001")  # fills what a process keeps
    desk.scan("C1")
    desk.reader = ""
    found = [statements(desk, code) for code in ("10000000", "10000001", "C1", "10000002", "10000001")]
    assert [tone for tone, _number in found] == ["reserved", "notice", "opened", "refused", "lent"]
    assert max(number for _tone, number in found) <= 12


def test_page_of_a_reader_lists_what_the_reader_waits_for(client):
    reader = make_reader()
    turn = make_ready(make_copy("10000001", title=make_title("草房子")), reader, expires_on=FRIDAY)
    page = text(client.get(reverse("readers:reader", args=[reader.pk])))
    assert "草房子" in page
    assert reverse("reservations:cancel", args=[turn.pk]) in page


def test_book_set_aside_is_not_in_for_the_catalogue(client):
    copy = make_copy(title=make_title("草房子"))
    make_ready(copy, make_reader("王小明"), expires_on=NOON.date() + timedelta(days=3))
    page = text(client.get(reverse("catalog:title", args=[copy.title_id])))
    assert "0 of 1 in" in page
    assert "王小明" not in page
