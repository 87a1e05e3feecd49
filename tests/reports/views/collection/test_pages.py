import json
import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from circulation.models import Loan
from library_site.models import Role
from library_site.shared.reference import current_reference
from readers.models import Semester
from reports.operations.snapshots import close_semester
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan
from tests.factories.classification import make_classification
from tests.factories.readers import make_reader, make_school_year
from tests.factories.reservations import make_reservation
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PAGES = ("overview", "stock", "most_lent", "most_wanted", "many_copies", "idle")


@pytest.fixture
def principal(client):
    make_school()
    client.force_login(make_user(Role.PRINCIPAL))
    return client


@pytest.fixture
def semester():
    """One that runs since two months, and one before it."""
    year = make_school_year(TODAY.year - 20)
    Semester.objects.all().delete()
    days = ((250, 100), (60, -60))
    first, second = (
        Semester(school_year=year, number=number, starts_on=TODAY - timedelta(begins), ends_on=TODAY - timedelta(ends))
        for number, (begins, ends) in enumerate(days, start=1)
    )
    first.save()
    second.save()
    return second


@pytest.fixture
def books(semester):
    make_classification()
    tales = make_title("童话", clc_number="I287.45", clc_class_id="I287.45", main_class="I", published="2020")
    sums = make_title("算术", stage="picture")
    for title, copies in ((tales, 6), (sums, 1)):
        for _number in range(copies):
            make_copy(title=title, price=Decimal("12.50"))
    make_loan(copy=tales.copies.first(), reader=make_reader("赵小明"), returned_at=timezone.now())
    make_reservation(tales, make_reader("钱小红"), placed_at=timezone.now() - timedelta(days=2))
    return tales


def address(name: str, *args, **query) -> str:
    return reverse(f"collection:{name}", args=args, query=query)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def book_of(answer):
    return load_workbook(BytesIO(b"".join(answer.streaming_content)))


def test_classes_with_sums_shares_and_period(principal, books):
    text = text_of(principal.get(address("overview")))
    assert "I 文学 1 6 85.71% 75.00 1 100.00% +14.29 6 16.67%" in text
    assert "未分类 1 1 14.29% 12.50 0 0.00% -14.29 1 0.00%" in text
    assert "合计 2 7 100.00% 87.50 1 100.00% — 7 14.29%" in text
    assert "流通率 = 借阅册次 ÷ 可外借册数 × 100%" in text


def test_chart_has_the_shares_of_the_table(principal, books):
    page = principal.get(address("overview")).content.decode()
    data = json.loads(re.search(r'<script id="collection-chart" type="application/json">(.*?)</script>', page)[1])
    assert data["names"] == ["I 文学", "未分类"]
    assert [row["values"] for row in data["series"]] == [[85.71, 14.29], [100.0, 0.0]]


def test_class_leads_to_those_below_it(principal, books):
    assert f'href="{address("class", "I")}?semester=' in principal.get(address("overview")).content.decode()
    assert "I2 中国文学 1 6 100.00%" in text_of(principal.get(address("class", "I")))
    assert "I28 儿童文学" in text_of(principal.get(address("class", "I2")))


def test_class_that_is_a_range_opens(principal, books):
    assert principal.get(address("class", "I3/7")).status_code == 200


def test_unknown_class_is_not_found(principal, books):
    assert principal.get(address("class", "Y")).status_code == 404
    assert principal.get(address("export_class", code="Y")).status_code == 404


def test_titles_of_a_class_are_linked_for_the_librarian_alone(client, principal, books):
    link = reverse("clc:class", args=["I"])
    assert link not in principal.get(address("class", "I")).content.decode()
    client.force_login(make_user(Role.LIBRARIAN))
    assert link in client.get(address("class", "I")).content.decode()


def test_period_without_loans_in_the_system_shows_no_nought(principal, books):
    before = Semester.objects.order_by("starts_on").first()
    text = text_of(principal.get(address("overview", semester=before.pk)))
    assert "系统中没有这一时期的借阅记录" in text
    assert "流通率" not in text
    assert "0.00%" not in text.replace("100.00%", "").split("五大部类")[0]


def test_stock_in_five_ways(principal, books):
    make_copy(title=books, location=make_location("阅览室", circulates=False))
    text = text_of(principal.get(address("stock")))
    for caption in ("按读者对象", "按阅读阶段", "按出版年", "按每种复本数", "按馆藏地点"):
        assert caption in text
    assert "阅览室 1 1 12.50% 0.00 0 0.00% -12.50 0 —" in text
    assert "绘本与启蒙读物 1 1" in text


def test_rankings_name_books_and_no_reader(principal, books):
    lent, wanted, many = (text_of(principal.get(address(name))) for name in PAGES[2:5])
    assert "1 I287.45 童话 6 1 0.17" in lent
    assert "I287.45 童话 6 1 0.17" in wanted
    assert "I287.45 童话 6 1 0.17" in many
    assert "赵小明" not in lent + wanted + many
    assert "钱小红" not in lent + wanted + many


def test_ranking_of_a_class(principal, books):
    assert "童话" not in text_of(principal.get(address("most_lent", main_class="-"))).split("每册借阅次数")[1]


@pytest.mark.parametrize("query", [{"main_class": "?"}, {"period": "x"}, {"semester": "²"}, {"month": "2026-13"}])
def test_unreadable_question_asks_for_all(principal, books, query):
    assert "童话" in text_of(principal.get(address("most_lent", **query)))


@pytest.mark.parametrize("query", [{"least": "x"}, {"order": "?"}])
def test_unreadable_number_of_copies_is_the_usual_one(principal, books, query):
    text = text_of(principal.get(address("many_copies", **query)))
    assert "I287.45 童话" in text


def test_idle_books_with_their_number_and_price(principal, books):
    text = text_of(principal.get(address("idle")))
    assert "2 种 6 册" in text
    assert "75.00 元" in text
    assert "系统中的借阅记录始于" in text


@pytest.mark.parametrize("after", ["x", "-1", "²", "9" * 30])
def test_idle_books_from_nowhere_begin_at_the_beginning(principal, books, after):
    assert "算术" in text_of(principal.get(address("idle", after=after)))


def test_idle_books_narrowed(principal, books):
    assert "童话" not in text_of(principal.get(address("idle", main_class="-")))
    assert "没有无人借阅的图书" in text_of(principal.get(address("idle", main_class="K")))
    assert "最近借出" in text_of(principal.get(address("idle", unlent="2", kept="1")))


@pytest.mark.parametrize("name", PAGES)
def test_without_a_semester_pages_say_so(principal, name):
    expected = "没有无人借阅的图书" if name == "idle" else "还没有录入学期"
    assert expected in text_of(principal.get(address(name)))


@pytest.mark.parametrize("name", ["export", "export_class", "export_stock"])
def test_without_a_semester_there_is_no_book(principal, name):
    assert principal.get(address(name)).status_code == 404


def test_book_of_classes_sums_up_and_draws(principal, books):
    sheet = book_of(principal.get(address("export")))["按分类"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] == "类目")
    total = rows[-1]
    assert total[0] == "合计"
    assert total[3].startswith("=SUBTOTAL(9,")
    assert "I" in [row[1] for row in rows[head:]]
    assert sheet.freeze_panes == f"B{head + 2}"
    assert len(sheet._charts) == 1


def test_book_of_a_class_and_of_the_stock(principal, books):
    assert book_of(principal.get(address("export_class", code="I"))).sheetnames == ["按分类"]
    assert len(book_of(principal.get(address("export_stock"))).sheetnames) == 5


@pytest.mark.parametrize("name", ["export_most_lent", "export_most_wanted", "export_many_copies"])
def test_lists_of_titles_are_exported(principal, books, name):
    sheet = book_of(principal.get(address(name))).worksheets[0]
    assert any("童话" in [cell.value for cell in row] for row in sheet.iter_rows())


def test_idle_books_are_exported_as_narrowed(principal, books):
    sheet = book_of(principal.get(address("export_idle", main_class="I"))).worksheets[0]
    assert sheet.max_row == 1 + 5


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_librarian_and_principal(client, semester, role, name):
    make_school()
    client.force_login(make_user(role))
    expected = 200 if role in (Role.LIBRARIAN, Role.PRINCIPAL) else 403
    assert client.get(address(name)).status_code == expected


@pytest.fixture
def closed(books):
    """The semester is over, and closed with one loan of six tales and a sum."""
    semester = Semester.objects.order_by("-starts_on").first()
    semester.ends_on = TODAY - timedelta(days=1)
    semester.save()
    Loan.objects.update(lent_at=timezone.now() - timedelta(days=20), returned_at=timezone.now())
    close_semester(semester_id=semester.pk, reason="", by=None, at=timezone.now(), reference=current_reference())
    return semester


def test_closed_semester_keeps_its_table(principal, closed, books):
    Loan.objects.update(voided_at=timezone.now())
    text = text_of(principal.get(address("overview", semester=closed.pk)))
    assert "I 文学 1 6 85.71% 75.00 1 100.00%" in text
    assert "以下为封存时的数据" in text
    sheet = book_of(principal.get(address("export", semester=closed.pk)))["按分类"]
    assert 1 in [cell.value for cell in sheet["G"]]


def test_recount_of_a_closed_semester_shows_what_differs(principal, closed, books):
    recount = address("overview", semester=closed.pk, recount=1)
    assert "重新统计与封存时一致" in text_of(principal.get(recount))
    Loan.objects.update(voided_at=timezone.now())
    text = text_of(principal.get(recount))
    assert "I 文学 封存时 1 6 75.00 1 6 I 文学 今天 1 6 75.00 — 6" in text
    assert "系统中没有这一时期的借阅记录" in text


@pytest.mark.parametrize(("name", "args"), [("class", ["I"]), ("stock", [])])
def test_pages_of_which_nothing_is_kept_say_that_they_count_today(principal, closed, books, name, args):
    text = text_of(principal.get(address(name, *args, semester=closed.pk)))
    assert "可能与当时上报的数据不同" in text


def test_unclassified_books_lead_the_librarian_to_their_queue(client, principal, books):
    queue = reverse("clc:queue")
    assert f'href="{queue}"' not in principal.get(address("overview")).content.decode()
    client.force_login(make_user(Role.LIBRARIAN))
    assert f'href="{queue}"' in client.get(address("overview")).content.decode()
