from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import AwardRule
from circulation.models import LoanPolicy
from library_site.audit import act
from library_site.models import Role, School
from readers.models import Card, PersonLook, Reader
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_policy
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian():
    make_school()
    make_school_year()
    return make_user(name="李馆员")


@pytest.fixture
def client(librarian):
    client = Client(headers={"accept-language": "en"})
    client.force_login(librarian, backend="library_site.authentication.AccountBackend")
    return client


def rows(client, **asked):
    return client.get(reverse("audit"), asked).context["rows"]


def said(client, **asked):
    """(label, thing, [(column, before, after)]) of each row."""
    return [
        (row["entry"].label, row["entry"].thing, [tuple(vars(change).values()) for change in row["entry"].changes])
        for row in rows(client, **asked)
    ]


def rename(reader, name, by, **options):
    with act("edit_reader", by=by, **options):
        Reader.objects.filter(pk=reader.pk).update(name=name)


def test_change_is_told_with_who_where_before_and_after(client, librarian):
    reader = make_reader("王小明")

    rename(reader, "王晓明", librarian, address="192.0.2.7")

    row = rows(client, kind="readers.Reader", label="update")[0]
    assert (row["who"], row["entry"].address, row["act"]) == ("李馆员", "192.0.2.7", "edit_reader")
    assert said(client, kind="readers.Reader", label="update") == [("update", "王小明", [("name", "王小明", "王晓明")])]


def test_two_changes_of_one_thing_each_tell_what_followed(client, librarian):
    reader = make_reader("甲")
    rename(reader, "乙", librarian)
    rename(reader, "丙", librarian)

    changes = [change for _label, _thing, (change,) in said(client, kind="readers.Reader", label="update")]

    assert changes == [("name", "乙", "丙"), ("name", "甲", "乙")]


def test_added_and_deleted_rows_are_told_in_full(client):
    policy = make_policy(max_loans=7)
    LoanPolicy.objects.filter(pk=policy.pk).delete()

    deleted, added = said(client, kind="circulation.LoanPolicy")

    assert (deleted[0], added[0]) == ("delete", "insert")
    assert ("books at a time", "7", "") in deleted[2]
    assert ("books at a time", "", "7") in added[2]


def test_bulk_update_outside_any_act_is_the_systems(client):
    for name in ("甲", "乙"):
        make_reader(name)
    Reader.objects.update(status="left")

    found = rows(client, user="system", kind="readers.Reader", label="update")

    assert [(row["who"], row["act"], row["entry"].thing) for row in found] == [("", "", "乙"), ("", "", "甲")]
    assert found[0]["entry"].changes[0].after == "Left the school"


def test_command_is_told(client, tmp_path):
    sheet = tmp_path / "名单.csv"
    sheet.write_text("班级,姓名\n三1,王小明\n", encoding="utf-8")

    call_command("import_roster", str(sheet), verbosity=0)

    assert ("insert", "王小明") in [
        (row["entry"].label, row["entry"].thing) for row in rows(client, act="import.roster")
    ]


def test_look_at_a_person_is_told(client, librarian):
    reader = make_reader("王小明")
    at = datetime(2026, 11, 1, 8, tzinfo=UTC)
    PersonLook.objects.create(reader=reader, what="history", by=librarian, at=at, address="192.0.2.7")

    (row,) = rows(client, label="look")

    assert (row["who"], row["act"], row["entry"].thing) == ("李馆员", "Borrowing history", "王小明")


def test_filters_narrow(client, librarian):
    first, second = make_reader("甲"), make_reader("乙")
    other = make_user(name="另一位")
    rename(first, "甲甲", librarian)
    rename(second, "乙乙", other)

    assert [row["entry"].thing for row in rows(client, user=other.pk)] == ["乙"]
    assert {row["entry"].obj for row in rows(client, kind="readers.Reader", obj=first.pk)} == {first.pk}
    assert len(rows(client, kind="readers.Reader", label="insert")) == 2
    assert rows(client, until="2020-01-01") == []
    assert rows(client, since="2099-01-01") == []
    context = rows(client, user=other.pk)[0]["entry"].context
    assert [row["entry"].thing for row in rows(client, context=context)] == ["乙"]


def test_days_asked_for_are_whole_days(client):
    make_reader("甲")
    today = datetime.now().astimezone().date()

    assert rows(client, kind="readers.Reader", since=str(today), until=str(date.max.replace(year=2100)))


def test_pages_follow_each_other_without_gap_or_repeat(client):
    for number in range(60):
        make_reader(f"读者{number}", card=f"T{number:04d}")
    Reader.objects.update(note="同一刻")
    Card.objects.update(fee=1)

    seen, after = [], ""
    while True:
        page = client.get(reverse("audit"), {"after": after} if after else {}).context
        seen += [(row["entry"].source, row["entry"].number) for row in page["rows"]]
        if not (after := page["following"]):
            break

    assert len(seen) == len(set(seen))
    assert len([key for key in seen if key[0] == "readers.Reader"]) == 120
    assert len([key for key in seen if key[0] == "readers.Card"]) == 120


def test_page_costs_the_same_for_few_rows_and_many(client):
    def statements():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("audit"), {"kind": "readers.Reader"})
        return len(queries)

    make_reader("甲")
    Reader.objects.update(note="一")
    statements()  # reads what is then remembered
    few = statements()
    for number in range(30):
        make_reader(f"读者{number}")
    Reader.objects.update(note="二")

    assert statements() == few


@pytest.mark.parametrize("asked", [{"after": "x~y~z"}, {"user": "x"}, {"obj": "x"}, {"since": "x"}, {"context": "x"}])
def test_unreadable_question_is_no_error(client, asked):
    assert client.get(reverse("audit"), asked).status_code == 200


def test_text_in_history_stays_text(client):
    School.objects.update(name="<script>alert(1)</script>")
    School.objects.update(name="新名")

    page = client.get(reverse("audit")).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("role", [role for role in Role.values if role not in {"administrator", "librarian"}])
def test_log_is_closed_to_others(role):
    make_school()
    client = Client()
    client.force_login(make_user(role), backend="library_site.authentication.AccountBackend")

    assert client.get(reverse("audit")).status_code == 403


def test_copy_is_named_by_its_barcode(client):
    copy = make_copy("B0001")
    copy.note = "封面破损"
    copy.save()

    assert said(client, kind="catalog.Copy") == [("update", "B0001", [("note for the desk", "", "封面破损")])]


def test_conditions_of_an_award_are_told_by_their_parts(client):
    rule = AwardRule.objects.create(name="阅读之星", whom="pupil", criteria=[{"figure": "loans", "least": 5}])
    rule.criteria = [{"figure": "loans", "least": 8}, {"figure": "loans", "order": "most"}]
    rule.save()

    assert said(client, kind="activities.AwardRule", label="update") == [
        ("update", "阅读之星", [("criteria", "figure=loans least=5", "figure=loans least=8, figure=loans order=most")])
    ]
