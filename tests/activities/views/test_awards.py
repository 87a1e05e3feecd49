"""Awards on their pages: rules edited, proposals decided, announced, printed."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import ActivityOptions, AwardRule, AwardRun, Consent, Honour
from library_site.models import Role
from tests.factories.awards import make_rule, make_run, this_semester
from tests.factories.challenges import borrow
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
OVERVIEW = reverse("awards:overview")


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))
    make_school()
    make_school_year()


@pytest.fixture
def librarian():
    client = Client()
    client.force_login(make_user(Role.LIBRARIAN))
    return client


def pupil(school_class, loans, name="张三丰"):
    reader = make_reader(name, school_class=school_class)
    borrow(reader, school_class, *(f"2026-10-{day:02d}" for day in range(1, loans + 1)))
    return reader


def page_of(run, name="run"):
    return reverse(f"awards:{name}", args=[run.pk])


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_from_overview_to_certificates(librarian):
    pupil(make_class(), 3)
    rule = make_rule(words="在{occasion}博览群书，被评为")
    answer = librarian.post(reverse("awards:propose", args=[rule.pk]), {"semester": this_semester().pk})
    run = AwardRun.objects.get()
    assert answer.headers["Location"] == page_of(run)
    assert librarian.get(page_of(run)).context["kept"] == 1
    librarian.post(page_of(run, "announce"))
    assert [line.number for line in librarian.get(OVERVIEW).context["lines"]] == [1]
    certificates = librarian.get(reverse("certificates:print"), {"run": run.pk}).content.decode()
    assert "在2026–2027学年第一学期博览群书，被评为" in certificates
    assert "阅读之星" in certificates
    assert librarian.get(page_of(run)).status_code == 200


def test_decision_without_reason_is_told_and_changes_nothing(librarian):
    pupil(make_class(), 3)
    line = make_run(make_rule()).lines.get()
    decide = reverse("awards:decide", args=[line.pk])
    answer = librarian.post(decide, {"kept": "no", "reason": ""}, follow=True)
    assert "请写明理由" in answer.content.decode()
    librarian.post(decide, {"kept": "no", "reason": "转学"})
    line.refresh_from_db()
    assert (line.is_kept, line.reason) == (False, "转学")


def test_equals_for_the_last_place_are_marked_until_they_are_settled(librarian):
    own = make_class()
    for name in ("张三", "李四"):
        pupil(own, 3, name)
    run = make_run(make_rule())
    answer = librarian.get(page_of(run))
    assert [row.is_tied for row in answer.context["groups"][0].lines] == [True, True]
    assert [group.open for _place, group in answer.context["unsettled"]] == [1]
    line = run.lines.get(reader__name="张三")
    librarian.post(reverse("awards:decide", args=[line.pk]), {"kept": "yes", "reason": "抽签"})
    answer = librarian.get(page_of(run))
    assert answer.context["unsettled"] == []
    assert [row.is_tied for row in answer.context["groups"][0].lines] == [False, False]


def test_somebody_is_found_by_name_and_added_with_a_reason(librarian):
    own = make_class()
    pupil(own, 3)
    other = pupil(own, 0, "李小明")
    make_reader("李老师", category="teacher")
    run = make_run(make_rule())
    found = librarian.get(page_of(run), {"q": "李"}).context["found"]
    assert [one["key"] for one in found] == [other.pk]
    librarian.post(page_of(run, "add"), {"key": other.pk, "reason": "进步大"})
    assert run.lines.get(reader=other).is_kept


def test_announcement_shortens_names_unless_the_school_and_the_parents_agree(librarian):
    reader = pupil(make_class(), 3)
    run = make_run(make_rule())
    page = page_of(run, "announcement")
    assert [group.names for group in librarian.get(page).context["groups"]] == [["张**"]]
    ActivityOptions.objects.create(pk=1, names="full")
    assert [group.names for group in librarian.get(page).context["groups"]] == [["张**"]]
    Consent.objects.create(reader=reader, what="name", given_on="2026-09-01")
    assert [group.names for group in librarian.get(page).context["groups"]] == [["张三丰"]]


def test_announcement_leaves_out_whose_honour_was_taken_back(librarian):
    pupil(make_class(), 3)
    run = make_run(make_rule())
    librarian.post(page_of(run, "announce"))
    Honour.objects.update(revoked_on="2026-11-20", reason="评错")
    assert librarian.get(page_of(run, "announcement")).context["groups"] == []


def test_pages_take_as_many_statements_for_one_as_for_three(librarian):
    pupil(make_class(), 3)
    rule = make_rule(most=None)
    run = make_run(rule)
    addresses = [OVERVIEW, page_of(run), page_of(run, "announcement")]
    before = [statements(librarian, address) for address in addresses]
    for number in (2, 3):
        pupil(make_class(2024, number), number)
        make_run(make_rule(f"奖{number}"))
    make_run(rule)
    assert len(librarian.get(page_of(run)).context["groups"]) == 3
    assert [statements(librarian, address) for address in addresses] == before


FORM = {"name": "阅读达人", "most": "2", "share": "class", "least_loans": "10", "most_late": "0", "first_by": "loans",
        "first_order": "most", "then_by": "notes", "then_order": "most", "words": ""}  # fmt: skip


def test_criteria_are_edited_as_a_table(librarian):
    assert librarian.post(reverse("awards:rule_new"), FORM).status_code == 302
    rule = AwardRule.objects.get()
    assert rule.criteria == [
        {"figure": "loans", "least": 10.0},
        {"figure": "late", "most": 0.0},
        {"figure": "loans", "order": "most"},
        {"figure": "notes", "order": "most"},
    ]
    address = reverse("awards:rule", args=[rule.pk])
    initial = librarian.get(address).context["form"].initial
    assert (initial["least_loans"], initial["most_late"], initial["then_by"]) == (10.0, 0.0, "notes")
    assert librarian.post(address, FORM | {"is_retired": "on"}).status_code == 302
    assert librarian.get(OVERVIEW).context["lines"] == []


@pytest.mark.parametrize("whom", ["pupil", "class", "teacher"])
def test_each_kind_of_award_offers_its_own_figures(librarian, whom):
    assert librarian.get(reverse("awards:rule_new"), {"for": whom}).status_code == 200
    assert librarian.get(reverse("awards:rule_new"), {"for": "nobody"}).status_code == 404


def test_award_of_the_same_name_is_told_at_its_field(librarian):
    make_rule("阅读达人")
    answer = librarian.post(reverse("awards:rule_new"), FORM)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["name"]


def test_lines_of_erased_pupils_are_neither_shown_nor_announced(librarian):
    pupil(make_class(), 3)
    run = make_run(make_rule())
    run.lines.update(reader=None)
    assert librarian.get(page_of(run)).context["groups"] == []
    librarian.post(page_of(run, "announce"))
    assert not Honour.objects.exists()
