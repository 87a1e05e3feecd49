"""What each scan at the desk does: CIR-1, CIR-3, CIR-17."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from catalog.models import Copy, FormerBarcode
from circulation.models import CirculationEvent, Loan, ReaderBlock
from circulation.operations.losses import report_lost
from circulation.queries.balances import owed
from circulation.rules.standing import UNTOLD
from readers.models import Card
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_box, make_class_loan, make_loan
from tests.factories.desk import lend, loan_of, make_scan
from tests.factories.readers import make_class, make_reader


@pytest.fixture
def reader(library):
    return make_reader("王小明", school_class=library.school_class, card="C001", number="20240101", initials="wxm")


def test_card_opens_the_reader(desk, reader):
    answer = desk.scan("C001")
    assert (answer.tone, answer.reader, answer.say) == ("opened", reader.pk, "")
    assert "王小明" in answer.panel
    assert "三(1)班" in answer.panel


def test_book_on_the_shelf_is_lent_to_the_open_reader(desk, reader):
    copy = make_copy("10000001", title=make_title("夏洛的网"))
    desk.scan("C001")
    answer = desk.scan("10000001")
    assert (answer.tone, answer.say, answer.reader) == ("lent", "lent", reader.pk)
    assert loan_of(copy).reader == reader
    assert "夏洛的网" in answer.panel
    assert "夏洛的网" in answer.line


def test_book_that_is_out_with_nobody_open_is_returned(desk, library, reader):
    copy = make_copy("10000001")
    lend(copy, reader, library.helper)
    answer = desk.scan("10000001")
    assert (answer.tone, answer.say, answer.reader, answer.panel) == ("returned", "returned", None, None)
    assert loan_of(copy).returned_at is not None


def test_second_card_switches_the_reader(desk, reader):
    other = make_reader("李华", card="C002")
    desk.scan("C001")
    assert desk.scan("C002").reader == other.pk


def test_book_of_somebody_else_is_returned_and_not_lent_until_one_key(desk, library, reader):
    copy, holder = make_copy("10000001"), make_reader("李华")
    lend(copy, holder, library.helper)
    desk.scan("C001")
    answer = desk.scan("10000001")
    assert (answer.tone, answer.reader) == ("returned", reader.pk)
    assert Loan.objects.filter(returned_at=None).count() == 0
    assert 'data-key="Enter"' in answer.answer
    assert "李华" in answer.answer
    assert desk.post("lend", copy=copy.pk).tone == "lent"
    assert loan_of(copy).reader == reader


@pytest.mark.cases("CO-3")
def test_own_book_is_returned_and_one_key_renews_instead(desk, library, reader):
    copy = make_copy("10000001")
    desk.scan("C001")
    desk.scan("10000001")
    answer = desk.scan("10000001")
    assert answer.tone == "returned"
    assert 'data-key="F2"' in answer.answer
    event = CirculationEvent.objects.latest("pk")
    assert desk.post("renew_instead", event=event.pk).tone == "lent"
    assert (loan_of(copy).returned_at, loan_of(copy).renewals) == (None, 1)


def test_book_that_is_in_with_nobody_open_says_so(desk, library):
    make_copy("10000001", title=make_title("夏洛的网"))
    answer = desk.scan("10000001")
    assert (answer.tone, answer.line) == ("notice", None)
    assert "夏洛的网" in answer.answer


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("ａ０１２", "A012"), ("a012", "A012"), ("A012", "a012"), (" A012 ", "A012"), ("0012", "0012")],
)
def test_code_is_found_however_it_arrives(desk, reader, typed, stored):
    make_copy(stored)
    desk.scan("C001")
    assert desk.scan(typed).tone == "lent"


def test_number_that_is_card_and_book_asks_with_two_keys(desk, reader):
    make_copy("C001")
    answer = desk.scan("C001")
    assert (answer.tone, answer.reader) == ("notice", None)
    assert 'data-key="1"' in answer.answer
    assert 'data-key="2"' in answer.answer
    assert desk.scan("C001", choice="card").reader == reader.pk
    assert desk.scan("C001", choice="copy").tone == "lent"


def test_number_of_a_pupil_that_is_on_a_book_too_returns_nothing_unasked(desk, library, reader):
    lend(make_copy("20240101"), make_reader("李华"), library.helper)
    answer = desk.scan("20240101")
    assert (answer.tone, answer.reader, Loan.objects.filter(returned_at=None).count()) == ("notice", None, 1)
    assert desk.scan("20240101", choice="number").reader == reader.pk
    desk.reader = ""
    assert desk.scan("20240101", choice="copy").tone == "returned"


def test_card_that_is_another_pupils_number_asks_whose(desk, library, reader):
    other = make_reader("李华", card="20240101")
    answer = desk.scan("20240101")
    assert (answer.tone, answer.reader) == ("notice", None)
    assert desk.scan("20240101", choice="card").reader == other.pk
    assert desk.scan("20240101", choice="number").reader == reader.pk


@pytest.mark.parametrize("status", ["lost", "replaced", "returned"])
def test_dead_card_says_why_and_opens_nobody(desk, reader, status):
    Card.objects.filter(barcode="C001").update(status=status)
    answer = desk.scan("C001")
    assert (answer.tone, answer.reader) == ("refused", None)
    assert "王小明" not in answer.answer
    assert f'data-field-reader="{reader.pk}"' in answer.answer  # one key opens the reader all the same


def test_isbn_with_one_fitting_copy_is_offered_by_enter(desk, reader):
    title = make_title("夏洛的网", isbn="9787532733415")
    copy = make_copy("10000001", title=title)
    desk.scan("C001")
    answer = desk.scan("978-7-5327-3341-5")
    assert answer.tone == "notice"
    assert 'data-key="Enter"' in answer.answer
    assert f'data-field-code="{copy.barcode}"' in answer.answer


def test_isbn_with_several_copies_wants_the_label(desk, reader):
    title = make_title("夏洛的网", isbn="9787532733415")
    make_copy(title=title)
    make_copy(title=title)
    desk.scan("C001")
    answer = desk.scan("9787532733415")
    assert (answer.tone, answer.reader) == ("refused", reader.pk)
    assert Loan.objects.count() == 0


def test_unknown_number_offers_the_catalogue_and_keeps_the_reader(desk, reader):
    desk.scan("C001")
    answer = desk.scan("99999999")
    assert (answer.tone, answer.reader) == ("refused", reader.pk)
    assert "/catalogue/" in answer.answer or "q=99999999" in answer.answer


@pytest.mark.parametrize("typed", ["王小明", "wxm", "三1 王", "三1王", "20240101", "3.1 小明", "三(1)班 wx"])
def test_reader_is_found_without_a_card(desk, reader, typed):
    make_reader("李华", school_class=make_class(2024, 2), number="20240202")
    assert desk.scan(typed).reader == reader.pk


def test_several_readers_are_offered_by_number(desk, library, reader):
    make_reader("王小红", school_class=library.school_class)
    answer = desk.scan("王小")
    assert (answer.tone, answer.reader) == ("notice", None)
    assert 'data-key="1"' in answer.answer
    assert 'data-key="2"' in answer.answer


def test_class_typed_alone_leads_to_its_board(desk, library, reader):
    assert desk.scan("三1").go == f"/desk/class/{library.school_class.pk}/"


def test_title_words_show_the_catalogue(desk, library):
    from catalog.operations.search_index import index_titles

    copy = make_copy(title=make_title("夏洛的网"))
    index_titles([copy.title_id])
    answer = desk.scan("夏洛")
    assert answer.tone == "notice"
    assert "夏洛的网" in answer.answer


@pytest.mark.cases("CO-22")
def test_scan_sent_again_counts_once_and_answers_the_same(desk, reader):
    make_copy("10000001")
    desk.scan("C001")
    scan_id = uuid4()
    first = desk.scan("10000001", scan_id=scan_id)
    again = desk.scan("10000001", scan_id=scan_id)
    assert (first.tone, again.tone) == ("lent", "lent")
    assert CirculationEvent.objects.count() == 1


def test_refusal_names_every_reason_and_the_way_out(desk, library, reader):
    desk.scan("C001")
    for number in range(2):
        make_copy(f"1000000{number}")
        desk.scan(f"1000000{number}")
    copy = make_copy("20000000", title=make_title("红楼梦"))
    answer = desk.scan("20000000")
    assert (answer.tone, answer.say, answer.reader) == ("refused", "ask", reader.pk)
    assert "红楼梦" in answer.answer
    assert "desk-override" not in answer.answer  # a helper may not
    assert Loan.objects.filter(copy=copy).count() == 0


def test_librarian_overrides_with_a_reason(librarian_desk, reader):
    librarian_desk.scan("C001")
    for number in range(2):
        make_copy(f"1000000{number}")
        librarian_desk.scan(f"1000000{number}")
    copy = make_copy("20000000")
    assert "desk-override" in librarian_desk.scan("20000000").answer
    fields = {"copy": copy.pk, "overrides": "limit_reached"}
    assert librarian_desk.post("lend", **fields, reason="").tone == "refused"
    assert librarian_desk.post("lend", **fields, reason="朗诵比赛").tone == "lent"


def test_undo_takes_the_last_act_of_this_desk_back(desk, reader):
    copy = make_copy("10000001")
    desk.scan("C001")
    desk.scan("10000001")
    answer = desk.post("undo")
    assert answer.tone == "notice"
    assert "data-undoes" in answer.line
    assert loan_of(copy).voided_at is not None
    assert desk.post("undo").tone == "refused"


def test_bad_input_is_answered_and_recorded_nowhere(desk, reader):
    assert desk.scan("C001", on="2050-01-01").status == 400
    assert desk.post("scan", code="C001", scan_id="not-a-uuid").status == 400
    assert desk.post("lend", copy=1, reader="").tone == "refused"


def test_sheet_is_keyed_in_with_its_date(desk, library, reader):
    copy = make_copy("10000001")
    desk.scan("C001", on="2026-10-09")
    desk.scan("10000001", on="2026-10-09")
    assert loan_of(copy).lent_at.date() == date(2026, 10, 9)
    assert loan_of(copy).due_on == date(2026, 10, 23)


def test_nothing_about_a_named_child_is_spoken(desk, library, reader):
    make_copy("10000001")
    spoken = {desk.scan("C001").say, desk.scan("10000001").say, desk.scan("10000001").say, desk.scan("nix").say}
    assert spoken == {"", "lent", "returned", "ask"}


def test_late_return_before_eight_in_the_morning_says_overdue(desk, library, reader, time_machine):
    lend(make_copy("10000001"), reader, library.helper)
    day = loan_of(Copy.objects.get()).due_on + timedelta(days=1)
    time_machine.move_to(library.noon.replace(month=day.month, day=day.day, hour=7, minute=40))
    desk.client.force_login(library.helper)  # the login of two weeks ago is over
    assert "<strong>" in desk.scan("10000001").answer


def test_names_and_titles_are_text_in_every_piece_of_the_page(desk, library):
    bad = '"><img src=x onerror=alert(1)>'
    make_reader(bad, school_class=library.school_class, card="C001", number="N1", note=bad)
    make_copy("10000001", title=make_title(bad), location=make_location(bad))
    pieces = []
    for code in ("C001", "10000001", "10000001", bad, "10000001"):
        answer = desk.scan(code, board=library.school_class.pk)
        pieces += [answer.answer, answer.panel or "", answer.line or "", *answer.rows.values()]
    desk.reader = ""
    pieces.append(desk.scan("10000001").answer)
    assert not [piece for piece in pieces if "<img" in piece]


def test_old_label_still_finds_its_book_and_the_answer_says_so(desk, reader):
    copy = make_copy("10000002")
    FormerBarcode.objects.create(barcode="10000001", copy=copy)
    desk.scan("C001")
    lent = desk.scan("10000001")
    assert (lent.tone, loan_of(copy).reader) == ("lent", reader)
    assert "10000002" in lent.answer
    desk.reader = ""
    returned = desk.scan("10000001")
    assert returned.tone == "returned"
    assert "10000002" in returned.answer
    assert "10000002" not in desk.scan("10000002").answer.replace("10000002 ·", "")  # in place: no word of an old label


@pytest.mark.cases("RN-8")
def test_list_of_acts_shows_every_book_that_one_key_renewed_and_undid(desk, library, reader):
    copies = [make_copy(f"2000000{number}") for number in range(2)]
    for copy in copies:
        lend(copy, reader, library.helper)
    desk.reader = reader.pk
    renewed = desk.post("renew_all")
    assert [renewed.line.count(copy.title.name) for copy in copies] == [1, 1]
    undone = desk.post("undo")
    assert undone.line.count("data-undoes") == 2


@pytest.mark.cases("RN-8")
def test_refused_renewal_of_all_says_of_which_book(desk, library, reader):
    copy = make_copy("20000002")
    lend(copy, reader, library.helper)
    desk.reader = reader.pk
    desk.post("renew_all")
    answer = desk.post("renew_all")
    assert (answer.tone, f"《{copy.title.name}》" in answer.answer) == ("refused", True)


@pytest.mark.cases("RN-3")
def test_librarian_renews_at_the_limit_with_a_reason(librarian_desk, library, reader):
    copy = make_copy("20000003")
    lend(copy, reader, library.helper)
    loan = loan_of(copy).pk
    librarian_desk.post("renew", loan=loan)
    refused = librarian_desk.post("renew", loan=loan)
    assert 'value="renewal_limit"' in refused.answer
    assert librarian_desk.post("renew", loan=loan, overrides="renewal_limit", reason="病假").tone == "lent"
    assert loan_of(copy).renewals == 2


def test_helper_is_offered_no_exception(desk, library, reader):
    copy = make_copy("20000004")
    lend(copy, reader, library.helper)
    desk.post("renew", loan=loan_of(copy).pk)
    assert "desk-override" not in desk.post("renew", loan=loan_of(copy).pk).answer


def test_note_on_a_copy_is_shown_whenever_it_is_scanned(desk, library, reader):
    copy = make_copy("20000005", note="附光盘一张")
    assert "附光盘一张" in desk.scan(copy.barcode).answer
    desk.reader = reader.pk
    assert "附光盘一张" in desk.scan(copy.barcode).answer
    assert "附光盘一张" in desk.scan(copy.barcode).answer


@pytest.mark.cases("CO-25")
def test_due_date_given_by_hand_is_not_heard(desk, library, reader):
    copy = make_copy("20000006")
    desk.reader = reader.pk
    desk.scan(copy.barcode, due_on="2026-10-01")
    assert loan_of(copy).due_on > library.noon.date()


@pytest.mark.cases("CO-24", "RT-11")
def test_sheet_of_a_day_to_come_is_refused_at_the_field(desk, library, reader):
    copy = make_copy("20000007")
    desk.reader = reader.pk
    assert desk.scan(copy.barcode, on="2026-10-13").status == 400
    lend(copy, reader, library.helper)
    assert desk.scan(copy.barcode, on="2026-10-13").status == 400
    assert loan_of(copy).returned_at is None


@pytest.mark.cases("CB-10", "RT-15", "CO-21")
def test_book_of_a_class_box_brought_to_the_desk_is_back_and_lent_by_enter(desk, library):
    box, copy = make_box("图书箱甲", school_class=library.school_class), make_copy("10000001")
    make_class_loan(box, library.school_class, copy=copy, lent_at=library.noon)
    make_loan(copy=copy, school_class=library.school_class, kind="corner", box=box, lent_at=library.noon)
    make_reader(school_class=library.school_class, card="C001")
    desk.scan("C001")
    answer = desk.scan("10000001")
    assert answer.tone == "returned"
    assert "图书箱甲" in answer.answer
    assert not Loan.objects.filter(returned_at=None).exists()
    assert desk.post("lend", copy=copy.pk).tone == "lent"


@pytest.mark.cases("RN-6", "RN-8")
def test_renewing_all_says_once_what_is_about_the_reader(desk, library, reader):
    for number in range(2):
        lend(make_copy(f"2100000{number}"), reader, library.helper)
    ReaderBlock.objects.create(reader=reader, reason="请到馆长处", since=library.noon)
    desk.reader = reader.pk
    answer = desk.post("renew_all")
    assert (answer.tone, answer.answer.count(str(UNTOLD["reader_blocked"]))) == ("refused", 1)


@pytest.mark.cases("CO-13", "CH-11")
@pytest.mark.parametrize("name", ["lend", "hand_out"])
def test_lost_book_that_goes_out_again_is_owed_for_no_more(librarian_desk, library, name):
    copy = make_copy("10000009")
    loan = lend(copy, make_reader(), library.helper).loan
    lost = {"amount": Decimal("28.00"), "details": {}, "by": library.librarian, "at": library.noon}
    report_lost(loan_id=loan.pk, scan=make_scan(), **lost)
    assert owed([loan.reader_id])
    librarian_desk.reader = make_reader().pk
    fields = {"copy": copy.pk, "overrides": "copy_not_on_shelf", "reason": "找到了"}
    address = reverse("circulation:lend" if name == "lend" else "in_room:hand_out")
    values = {"scan_id": uuid4(), "at": "2026-10-12T04:20:00Z", "reader": librarian_desk.reader, **fields}
    assert librarian_desk.client.post(address, values).json()["tone"] == "lent"
    assert not owed([loan.reader_id])
