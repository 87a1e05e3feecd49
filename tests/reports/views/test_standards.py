"""Standards in the browser: read, chosen, entered, and what to buy."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library_site.models import Role
from reports.models import EnteredFigure, Standard
from reports.operations.standards import load_standards
from tests.factories.catalog import make_copy, make_title
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user
from tests.factories.standards import make_standard

pytestmark = pytest.mark.django_db
OVERVIEW, BUY, EXPORT = (reverse(f"standards:{name}") for name in ("overview", "buy", "export"))
PERIODICALS = reverse("standards:enter", args=["periodical_titles"])


@pytest.fixture(autouse=True)
def it_is_november(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))


def signed_in(*roles):
    make_school()
    make_school_year()
    client = Client()
    client.user = make_user(*roles)
    client.force_login(client.user)
    return client


@pytest.fixture
def librarian(db):
    return signed_in(Role.LIBRARIAN)


@pytest.fixture
def holdings(db):
    for letter in "IIIQ":
        make_copy(title=make_title(main_class=letter, clc_number=f"{letter}1"), price=Decimal(20))
    make_reader(school_class=make_class())


def rows_posted(*rows, initial=0):
    posted = {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": initial}
    for number, (measure, subject, sense, value) in enumerate(rows):
        values = {"measure": measure, "subject": subject, "sense": sense, "value": value, "is_sure": "on"}
        posted |= {f"rows-{number}-{name}": text for name, text in values.items()}
    return posted


def test_page_sets_the_fitting_standard_beside_until_one_is_chosen(librarian, holdings):
    load_standards()
    page = librarian.get(OVERVIEW)
    [(comparison, chart)] = page.context["comparisons"]
    assert comparison.standard.code == "cn2018-primary"
    assert not page.context["is_chosen"]
    assert chart.drawn
    text = page.content.decode()
    assert "待学校确认" in text
    assert "差 21 册" in text  # 25 of one student


def test_page_opens_before_any_semester_or_standard(client):
    make_school()
    client.force_login(make_user(Role.PRINCIPAL))
    assert client.get(OVERVIEW).context["comparisons"] == []
    assert client.get(BUY).context["plan"] is None
    assert client.get(EXPORT).status_code == 404


def test_page_asks_as_often_for_three_copies_as_for_one(librarian):
    make_standard(("holdings_per_student", "", "least", "25"), ("share", "I", "least", "5"))

    def count():
        with CaptureQueriesContext(connection) as captured:
            librarian.get(OVERVIEW)
        return len(captured)

    make_copy()
    count()
    once = count()
    make_copy()
    make_copy()
    assert count() == once


def test_choosing_standards_changes_what_is_shown(librarian, holdings):
    load_standards()
    own = make_standard(("copies_held", "", "least", "9"), applies=False)
    assert librarian.post(reverse("standards:choose"), {"chosen": [own.pk]}).status_code == 302
    [(comparison, _chart)] = librarian.get(OVERVIEW).context["comparisons"]
    assert comparison.standard == own


def test_standard_is_entered_with_its_rows(librarian):
    posted = {"name": "本省标准", "region": "甲省", "school_type": "primary", "source": "甲教〔2020〕1号"}
    rows = rows_posted(
        ("holdings_per_student", "", "least", "30"),
        ("share", " i + j ", "most", "35"),
        ("copies_of_title", "不用", "least", "5"),
        ("", "", "least", ""),
    )
    assert librarian.post(reverse("standards:new"), posted | rows).status_code == 302
    [standard] = Standard.objects.all()
    assert (standard.name, standard.region, standard.code, standard.applies) == ("本省标准", "甲省", "", False)
    assert list(standard.rows.order_by("pk").values_list("measure", "subject", "sense", "value")) == [
        ("holdings_per_student", "", "least", 30),
        ("share", "I+J", "most", 35),
        ("copies_of_title", "", "most", 5),  # a title can only have too many
    ]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("share", "文学", "least", "5"), "subject"),
        (("share", "", "least", "5"), "subject"),
        (("share", "I", "least", "101"), "value"),
        (("share", "I", "least", ""), "value"),
        (("holdings_per_student", "大学", "least", "5"), "subject"),
        (("opening_hours", "", "least", "-1"), "value"),
        (("seats", "", "least", "1"), "measure"),
    ],
)
def test_row_that_says_nothing_is_refused_at_its_field(librarian, row, field):
    answer = librarian.post(reverse("standards:new"), {"name": "甲", "school_type": "primary"} | rows_posted(row))
    assert answer.status_code == 422
    assert list(answer.context["formset"][0].errors) == [field]
    assert not Standard.objects.exists()


def test_name_that_is_taken_is_refused_at_the_field(librarian):
    make_standard(name="甲")
    answer = librarian.post(reverse("standards:new"), {"name": "甲", "school_type": "primary"} | rows_posted())
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["name"]


def test_own_standard_is_changed_and_removed(librarian):
    standard = make_standard(("copies_held", "", "least", "9"))
    page = reverse("standards:edit", args=[standard.pk])
    assert librarian.get(page).context["formset"].initial_form_count() == 1
    rows = rows_posted(("copies_held", "", "least", "12"), initial=1)
    assert librarian.post(page, {"name": "改", "school_type": "junior"} | rows).status_code == 302
    standard.refresh_from_db()
    assert (standard.name, standard.school_type, standard.rows.get().value) == ("改", "junior", 12)
    assert librarian.post(reverse("standards:remove", args=[standard.pk])).status_code == 302
    assert not Standard.objects.exists()


def test_given_standard_is_read_and_a_pattern_for_own_ones(librarian):
    load_standards()
    given = Standard.objects.get(code="cn2018-primary")
    page = librarian.get(reverse("standards:edit", args=[given.pk]))
    assert "form" not in page.context
    assert librarian.post(reverse("standards:remove", args=[given.pk])).status_code == 404
    start = librarian.get(reverse("standards:new"), {"like": given.pk}).context["formset"]
    assert start.initial_forms[0].initial["measure"] == "holdings_per_student"
    empty = librarian.get(reverse("standards:new"), {"like": "99999999999"})
    assert empty.context["formset"].initial_form_count() == 0
    assert empty.context["form"].initial["school_type"] == "primary"


def test_figure_is_entered_with_a_note_changed_and_taken_back(librarian):
    assert librarian.post(PERIODICALS, {"value": "48", "note": ""}).status_code == 422
    assert librarian.post(PERIODICALS, {"value": "-1", "note": "清单"}).status_code == 422
    assert librarian.post(PERIODICALS, {"value": "48", "note": "订阅清单"}).status_code == 302
    assert librarian.post(PERIODICALS, {"value": "50", "note": "订阅清单"}).status_code == 302
    [entered] = EnteredFigure.objects.all()
    assert (entered.figure, entered.value, entered.note, entered.by) == (
        "periodical_titles",
        50,
        "订阅清单",
        librarian.user,
    )
    assert librarian.get(PERIODICALS).context["form"].initial["value"] == 50
    librarian.post(PERIODICALS, {"take_back": "1"})
    assert not EnteredFigure.objects.exists()


def test_only_what_is_counted_by_hand_can_be_entered(librarian):
    assert librarian.get(reverse("standards:enter", args=["share"])).status_code == 404
    assert librarian.get(reverse("standards:enter", args=["copies_held"])).status_code == 404


def test_plan_page_says_what_to_buy(librarian, holdings):
    make_standard(("copies_held", "", "least", "10"), ("share", "Q", "least", "50"))
    page = librarian.get(BUY)
    assert {row.letter: row.bought for row in page.context["plan"].rows if row.bought} == {"I": 2, "Q": 4}
    assert "120" in page.content.decode()  # yuan


def test_plan_page_says_so_where_nothing_meets_the_shares(librarian, holdings):
    make_standard(("share", "I", "least", "60"), ("share", "Q", "least", "50"))
    page = librarian.get(BUY)
    assert page.context["plan"].rows is None
    assert "无法同时满足" in page.content.decode()
    assert librarian.get(BUY, {"tolerance": "5"}).context["plan"].rows is not None
    assert librarian.get(BUY, {"tolerance": "x"}).context["plan"].rows is None


def test_workbook_holds_the_comparison_and_the_plan(librarian, holdings):
    make_standard(
        ("copies_held", "", "least", "10"), ("share", "Q", "least", "50"), ("periodical_titles", "", "least", "60")
    )
    book = openpyxl.load_workbook(BytesIO(librarian.get(EXPORT).getvalue()))
    assert book.sheetnames == ["本省小学标准", "购书建议"]
    rows = [[cell.value for cell in row[:8]] for row in book["本省小学标准"]][-3:]
    assert [row[0] for row in rows] == ["馆藏册数", "Q", "报刊种数"]
    assert [row[2:4] + row[5:6] + row[7:8] for row in rows] == [
        [10, 4, 6, "未达标"], [50, 25, 1, "未达标"], [60, None, None, "尚无数据"],
    ]  # fmt: skip
    last = [cell.value for cell in list(book["购书建议"])[-1]]
    assert str(last[3]).startswith("=SUBTOTAL")


def test_principal_reads_and_finds_nothing_to_write_with(holdings):
    load_standards()
    principal = signed_in(Role.PRINCIPAL)
    text = principal.get(OVERVIEW).content.decode()
    assert reverse("standards:choose") not in text
    assert PERIODICALS not in text
    assert principal.get(BUY).status_code == 200
    assert principal.get(reverse("standards:choose")).status_code == 403
