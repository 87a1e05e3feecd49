"""The page of a class's book corner: own class only, and what its scans do."""

import json
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circulation.models import CirculationEvent, Loan, OwnBook
from circulation.models.loans import OPEN
from library_site.models import Role
from readers.models import ClassTeacher
from tests.circulation.views.conftest import DeskClient
from tests.factories.boxes import fill, lend_on, move
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box
from tests.factories.desk import lend
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user


class Page:
    """The corner's page: keeps the pupil that the last answer left open."""

    def __init__(self, user, school_class):
        self.client = Client()
        self.client.force_login(user)
        self.corner = school_class.pk
        self.reader = ""

    def post(self, name, **fields):
        values = {"scan_id": uuid4(), "at": "2026-10-12T04:20:00Z", "reader": self.reader or "", "corner": self.corner}
        response = self.client.post(reverse(f"boxes:corner_{name}"), values | fields)
        answer = SimpleNamespace(status=response.status_code, **json.loads(response.content))
        if response.status_code == 200:
            self.reader = answer.reader
        return answer

    def scan(self, code, **fields):
        return self.post("scan", code=code, **fields)


@pytest.fixture
def copy(library):
    """In the corner of 三(1)班."""
    copy = make_copy("10000001")
    fill(make_box("图书箱甲", school_class=library.school_class), library.helper, copy, at=library.noon)
    return copy


@pytest.fixture
def mate(library):
    return make_reader("同小班", school_class=library.school_class, card="C001", number="1001", initials="txb")


@pytest.fixture
def keeper(library):
    user = make_user(Role.CLASS_KEEPER)
    make_reader("管小书", school_class=library.school_class, account=user)
    return Page(user, library.school_class)


@pytest.fixture
def teacher(library):
    user = make_user(Role.TEACHER)
    reader = make_reader(category="teacher", account=user)
    ClassTeacher.objects.create(reader=reader, school_class=library.school_class, since=date(2026, 9, 1))
    return Page(user, library.school_class)


@pytest.mark.cases("CB-7", "CB-9")
@pytest.mark.parametrize("who", ["keeper", "teacher"])
def test_keeper_and_class_teacher_lend_and_take_back(request, who, copy, mate):
    page = request.getfixturevalue(who)
    assert page.scan("C001").reader == mate.pk
    answer = page.scan("10000001")
    assert (answer.tone, answer.reader) == ("lent", mate.pk)
    assert copy.title.name[:14] in answer.rows[str(mate.pk)]
    page.reader = ""
    assert page.scan("10000001").tone == "returned"
    assert [loan.kind for loan in Loan.objects.filter(OPEN)] == ["class"]


@pytest.mark.parametrize("code", ["1001", "同小班", "txb", "TXB"])
def test_pupil_is_found_by_number_name_and_initials(teacher, copy, mate, code):
    assert teacher.scan(code).reader == mate.pk


@pytest.mark.cases("CB-9")
def test_book_brought_while_another_is_open_comes_back_and_is_offered(keeper, library, copy, mate):
    other = make_reader("另一位", school_class=library.school_class, card="C002")
    lend_on(copy, other, library.school_class, library.helper)
    keeper.scan("C001")
    answer = keeper.scan("10000001")
    assert answer.tone == "returned"
    assert reverse("boxes:corner_lend") in answer.answer
    assert keeper.post("lend", copy=copy.pk).tone == "lent"
    assert Loan.objects.get(OPEN, kind="corner").reader == mate


def test_book_scanned_with_nobody_open_is_where_it_belongs(keeper, copy):
    assert keeper.scan("10000001").tone == "notice"
    assert Loan.objects.count() == 1


@pytest.mark.cases("CB-8")
def test_corner_serves_no_other_class_and_tells_nothing_of_it(keeper, library, copy):
    stranger = make_reader("外小班", school_class=make_class(2024, 2), card="C002", number="1002")
    for code in ("C002", "1002", "外小班"):
        answer = keeper.scan(code)
        assert (answer.tone, answer.reader) == ("refused", None)
        assert "外小班" not in answer.answer
    assert keeper.scan("10000001", reader=stranger.pk).status == 404
    assert Loan.objects.count() == 1


@pytest.mark.cases("CB-8")
def test_other_classes_corner_is_404_on_every_page(keeper, library, copy):
    other = make_class(2024, 2)
    foreign = OwnBook.objects.create(
        school_class=other, owner=make_reader(), name="我的书", brought_on=date(2026, 10, 1)
    )
    for name in ("corner", "sheet", "key_in", "own_books"):
        assert keeper.client.get(reverse(f"boxes:{name}", args=[other.pk])).status_code == 404
    assert keeper.client.post(reverse("boxes:own_book_back", args=[foreign.pk])).status_code == 404
    acts = {"scan": {"code": "10000001"}, "open": {"reader": foreign.owner_id}, "undo": {}, "lend": {"copy": copy.pk}}
    for name, fields in acts.items():
        assert keeper.post(name, corner=other.pk, **fields).status == 404


def test_librarian_serves_every_corner(library, copy, mate):
    page = Page(library.librarian, library.school_class)
    page.scan("C001")
    assert page.scan("10000001").tone == "lent"


def test_books_of_the_library_are_not_lent_at_the_corner(keeper, library, copy, mate):
    out = make_copy("20000002")
    lend(out, make_reader(), library.helper)
    make_copy("20000001")
    keeper.scan("C001")
    assert [keeper.scan(code).tone for code in ("20000001", "20000002", "30000003")] == ["refused"] * 3
    assert Loan.objects.filter(kind="corner").count() == 0


def test_isbn_means_the_only_book_of_the_corner_that_has_it(keeper, copy, mate):
    type(copy.title).objects.filter(pk=copy.title_id).update(isbn="9787020002207")
    make_copy("20000001", title=copy.title)
    keeper.scan("C001")
    assert keeper.scan("9787020002207").tone == "lent"


def test_same_scan_sent_twice_counts_once(keeper, copy, mate):
    keeper.scan("C001")
    fields = {"scan_id": uuid4()}
    assert keeper.scan("10000001", **fields).tone == keeper.scan("10000001", **fields).tone == "lent"
    assert Loan.objects.filter(kind="corner").count() == 1


def test_undo_at_the_corner(keeper, copy, mate):
    keeper.scan("C001")
    keeper.scan("10000001")
    assert keeper.post("undo").tone == "notice"
    assert Loan.objects.filter(OPEN, kind="corner").count() == 0


@pytest.mark.cases("CB-11")
def test_book_of_a_box_that_moved_on_comes_back_and_says_where_it_belongs(keeper, library, copy, mate):
    lend_on(copy, mate, library.school_class, library.helper)
    move(library.librarian, (copy.loans.get(kind="class").box, library.school_class, make_class(2024, 2)))
    answer = keeper.scan("10000001")
    assert answer.tone == "notice"
    assert "请交给那个班" in answer.answer
    assert not Loan.objects.filter(OPEN, kind="corner").exists()


@pytest.mark.cases("CB-7", "CO-21")
def test_keeper_on_the_class_board_serves_the_own_corner_too(keeper, library, copy, mate):
    board = DeskClient(make_user(Role.CLASS_KEEPER))
    make_reader("第二管理员", school_class=library.school_class, account_id=board.client.session["_auth_user_id"])
    board.scan("C001")
    assert board.scan("10000001").tone == "lent"
    board.reader = ""
    assert board.scan("10000001").tone == "returned"
    assert [loan.kind for loan in Loan.objects.filter(OPEN)] == ["class"]


@pytest.mark.cases("CB-8")
def test_keeper_takes_no_book_from_another_classes_box(keeper, library):
    copy = make_copy("20000001")
    fill(make_box(school_class=make_class(2024, 2)), library.helper, copy)
    board = DeskClient(make_user(Role.CLASS_KEEPER))
    make_reader("第二管理员", school_class=library.school_class, account_id=board.client.session["_auth_user_id"])
    assert board.scan("20000001").tone == "refused"
    assert Loan.objects.filter(OPEN).count() == 1


def test_accounts_without_a_class_are_led_home(library):
    client = Client()
    client.force_login(make_user(Role.TEACHER))
    assert client.get(reverse("boxes:my_corner")).headers["Location"] == reverse("home")


def test_teacher_is_led_to_the_own_corner(teacher, copy, mate):
    address = reverse("boxes:corner", args=[teacher.corner])
    assert teacher.client.get(reverse("boxes:my_corner")).headers["Location"] == address
    page = teacher.client.get(address).content.decode()
    assert "同小班" in page
    assert reverse("boxes:box", args=[copy.loans.get().box_id]) not in page


def lines(*rows):
    names = ("pupil", "book", "lent_on", "back_on")
    return {
        f"line{number}-{name}": value
        for number, row in enumerate(rows)
        for name, value in zip(names, row, strict=False)
    }


@pytest.mark.cases("CB-12")
def test_sheet_is_keyed_in_line_by_line(keeper, library, copy, mate, time_machine):
    time_machine.move_to(library.noon + timedelta(days=7))
    address = reverse("boxes:key_in", args=[keeper.corner])
    good = (mate.pk, "0001", "2026-10-13", "2026-10-15")
    assert keeper.client.post(address, lines(good)).status_code == 302
    again = keeper.client.post(address, lines(good, (mate.pk, "10000001", "2026-10-16", "")))
    assert again.status_code == 422
    assert len([form for form in again.context["forms"] if form.errors]) == 1
    loans = Loan.objects.filter(kind="corner").order_by("lent_at")
    assert [(loan.lent_at.date().day, loan.returned_at is None) for loan in loans] == [(13, False), (16, True)]


@pytest.mark.parametrize(
    "row",
    [
        ("", "0001", "2026-10-12"),
        ("mate", "", "2026-10-12"),
        ("mate", "0001", ""),
        ("mate", "0001", "2026-10-13"),  # tomorrow
        ("mate", "0001", "2026-01-01"),
        ("mate", "0001", "2026-10-12", "2026-10-11"),
        ("mate", "9999", "2026-10-12"),
        ("stranger", "0001", "2026-10-12"),
    ],
)
def test_bad_line_is_refused_at_its_field(keeper, copy, mate, row):
    stranger = make_reader(school_class=make_class(2024, 2))
    who = {"mate": mate.pk, "stranger": stranger.pk, "": ""}
    page = keeper.client.post(reverse("boxes:key_in", args=[keeper.corner]), lines((who[row[0]], *row[1:])))
    assert page.status_code == 422
    assert CirculationEvent.objects.count() == 1


@pytest.mark.cases("CB-14")
def test_book_that_a_pupil_brought_is_listed_and_given_back(keeper, copy, mate):
    address = reverse("boxes:own_books", args=[keeper.corner])
    fields = {"owner": mate.pk, "name": "我的漫画", "note": ""}
    assert keeper.client.post(address, fields).status_code == 302
    assert keeper.client.post(address, fields).status_code == 422
    book = OwnBook.objects.get()
    assert (book.owner, book.brought_on) == (mate, date(2026, 10, 12))
    assert "我的漫画" in keeper.client.get(reverse("boxes:sheet", args=[keeper.corner])).content.decode()
    for _twice in range(2):
        keeper.client.post(reverse("boxes:own_book_back", args=[book.pk]))
    book.refresh_from_db()
    assert book.given_back_on == date(2026, 10, 12)
    assert list(keeper.client.get(address).context["books"]) == []


@pytest.mark.cases("CB-14")
def test_book_of_a_pupil_of_another_class_is_not_listed(keeper, copy):
    stranger = make_reader(school_class=make_class(2024, 2))
    address = reverse("boxes:own_books", args=[keeper.corner])
    assert keeper.client.post(address, {"owner": stranger.pk, "name": "书"}).status_code == 422
    assert not OwnBook.objects.exists()


def test_corner_costs_the_same_for_one_pupil_and_for_three(keeper, library, copy, mate):
    counts = []
    for number in range(3):
        pupil = make_reader(school_class=library.school_class)
        other = make_copy()
        fill(copy.loans.get(kind="class").box, library.helper, other)
        lend_on(other, pupil, library.school_class, library.helper)
        keeper.client.get(reverse("boxes:corner", args=[keeper.corner]))
        with CaptureQueriesContext(connection) as captured:
            keeper.client.get(reverse("boxes:corner", args=[keeper.corner]))
        counts.append((number, len(captured)))
    assert len({count for _number, count in counts}) == 1
