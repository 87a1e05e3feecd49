"""The pages on which visits are counted, entered and added up."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from circulation.models import Visit
from library_site.models import Role
from tests.factories.catalog import make_copy, make_location
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user
from tests.factories.timetable import make_period


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


def url(name, *args, **query):
    return reverse(f"visits:{name}", args=args, query=query or None)


@pytest.fixture
def door(library):
    """The page as a helper drives it."""
    client = logged_in(library.helper)

    def post(name, *args, **fields):
        answer = client.post(url(name, *args), {"scan_id": uuid4(), **fields}, headers={"X-Desk": "1"})
        return answer.status_code, json.loads(answer.content)

    return post


def tone(answer):
    return answer[1]["tone"]


def test_card_counts_and_a_second_read_says_so(library, door):
    make_reader("王小明", school_class=library.school_class, card="K1")
    first, second = door("scan", code="K1"), door("scan", code="K1")
    assert (tone(first), tone(second), Visit.objects.count()) == ("counted", "again", 1)
    assert "王小明" in first[1]["answer"]


def test_school_number_counts_and_name_leads_to_a_choice(library, door):
    one, other = make_reader("王小明", number="S77"), make_reader("王小红")
    assert tone(door("scan", code="S77")) == "counted"
    asked = door("scan", code="王小")
    assert tone(asked) == "notice"
    assert f'data-field-reader="{other.pk}"' in asked[1]["answer"]
    assert tone(door("scan", reader=other.pk)) == "counted"
    assert Visit.objects.filter(reader=one).count() == 1


@pytest.mark.cases("VI-5")
def test_dead_card_book_and_unknown_number_count_nothing(library, door):
    reader = make_reader(card="K2")
    reader.cards.update(status="lost")
    copy = make_copy()
    tones = [tone(door("scan", code=code)) for code in ("K2", copy.barcode, "nobody")]
    assert (tones, Visit.objects.count()) == (["refused", "notice", "refused"], 0)


def test_scan_sent_again_counts_once(library, door):
    make_reader(card="K3")
    scan = uuid4()
    assert [tone(door("scan", code="K3", scan_id=scan)) for _again in range(2)] == ["counted", "counted"]
    assert Visit.objects.count() == 1


def test_class_counts_with_its_heads(library, door):
    assert tone(door("of_class", school_class=library.school_class.pk, heads=38)) == "counted"
    assert tone(door("of_class", school_class=library.school_class.pk, heads=38)) == "refused"
    assert Visit.objects.get().heads == 38


def test_class_says_who_was_counted_by_card_before(library, door):
    for number in range(2):
        make_reader(school_class=library.school_class, card=f"K9{number}")
        door("scan", code=f"K9{number}")
    answer = door("of_class", school_class=library.school_class.pk, heads=38)[1]["answer"]
    assert "该班先前已有2人刷证登记" in answer


@pytest.mark.parametrize("wrong", [{"heads": 0}, {"heads": 501}, {"heads": ""}, {"place": "999999"}, {"scan_id": "x"}])
def test_bad_head_counts_are_refused(library, door, wrong):
    status, _answer = door("of_class", **{"school_class": library.school_class.pk, "heads": 10, **wrong})
    assert (status, Visit.objects.count()) == (400, 0)


def test_class_that_is_not_on_record(library, door):
    assert door("of_class", school_class=999999, heads=10)[0] == 404


def test_reader_that_is_not_on_record(library, door):
    assert door("scan", reader=999999)[0] == 404


@pytest.mark.cases("VI-10")
def test_place_is_remembered(library, door):
    hall = make_location(name="二楼阅览室")
    make_reader(card="K4")
    door("scan", code="K4", place=hall.pk)
    make_reader(card="K5")
    door("scan", code="K5", place="electronic")
    assert list(Visit.objects.order_by("pk").values_list("room", "is_electronic")) == [(hall.pk, False), (None, True)]


@pytest.mark.cases("VI-9")
def test_wrong_scan_is_taken_back_today_only(library, door, time_machine):
    make_reader(card="K6")
    door("scan", code="K6")
    visit = Visit.objects.get()
    assert tone(door("void", visit.pk)) == "notice"
    visit.refresh_from_db()
    assert visit.voided_at is not None
    time_machine.move_to(library.noon + timedelta(days=1))
    assert logged_in(library.helper).post(url("void", visit.pk)).status_code == 404


def test_page_offers_the_class_of_the_moment_with_its_number(library):
    for _pupil in range(3):
        make_reader(school_class=library.school_class)
    make_period()
    page = logged_in(library.helper).get(url("page")).content.decode()
    assert f'<option value="{library.school_class.pk}" data-heads="3" selected>三(1)班</option>' in page


@pytest.fixture
def teacher(library):
    return make_reader("李老师", category="teacher", account=make_user(Role.TEACHER))


def lesson(**changes):
    return {
        "day": "2026-10-12", "starts": "10:10", "school_class": make_class().pk, "heads": "", "place": "",
        "subject": "语文", "what": "《草房子》", **changes,
    }  # fmt: skip


def test_teacher_enters_the_own_period_with_the_whole_class(library, teacher):
    for _pupil in range(3):
        make_reader(school_class=library.school_class)
    client = logged_in(teacher.account)
    assert client.post(url("new_period"), lesson()).status_code == 302
    visit = Visit.objects.get()
    assert (visit.kind, visit.teacher, visit.heads, visit.subject) == ("period", teacher, 3, "语文")
    assert "《草房子》" in client.get(url("periods")).content.decode()


def test_double_click_enters_one_period(library, teacher):
    client = logged_in(teacher.account)
    statuses = [client.post(url("new_period"), lesson(heads=30)).status_code for _click in range(2)]
    assert (statuses, Visit.objects.count()) == ([302, 422], 1)


@pytest.mark.parametrize(
    "wrong", [{"day": "2026-10-13"}, {"day": "2025-10-12"}, {"heads": "-1"}, {"school_class": "x"}, {"heads": ""}]
)
def test_bad_period_is_told_at_its_field(library, teacher, wrong):
    answer = logged_in(teacher.account).post(url("new_period"), lesson(**wrong))
    assert (answer.status_code, Visit.objects.count()) == (422, 0)


@pytest.mark.cases("VI-11")
def test_teacher_sees_and_takes_back_the_own_periods_only(library, teacher):
    other = make_reader("赵老师", category="teacher", account=make_user(Role.TEACHER))
    logged_in(other.account).post(url("new_period"), lesson(heads=30))
    client, visit = logged_in(teacher.account), Visit.objects.get()
    assert "赵老师" not in client.get(url("periods")).content.decode()
    assert client.post(url("remove", visit.pk)).status_code == 404
    assert logged_in(other.account).post(url("remove", visit.pk)).status_code == 302
    visit.refresh_from_db()
    assert visit.voided_at is not None


def test_teacher_without_a_reader_has_no_periods(library):
    client = logged_in(make_user(Role.TEACHER))
    assert client.get(url("new_period")).status_code == 302
    Visit.objects.create(kind="period", at=library.noon, school_class=library.school_class, heads=30)
    assert client.get(url("periods")).context["lines"] == []


def test_librarian_enters_a_period_for_a_teacher_or_a_class_alone(library, teacher):
    client = logged_in(library.librarian)
    client.post(url("new_period"), lesson(heads=30, teacher=teacher.pk))
    client.post(url("new_period"), lesson(heads=30, teacher="", starts="08:00"))
    assert sorted(Visit.objects.values_list("kind", flat=True)) == ["class", "period"]


@pytest.mark.parametrize("number", [1, 3])
def test_register_takes_the_same_statements_for_any_number(library, teacher, number, django_assert_num_queries):
    client = logged_in(make_user(Role.PRINCIPAL))
    for hour in range(number):
        at = library.noon - timedelta(hours=hour)
        Visit.objects.create(kind="period", at=at, school_class=library.school_class, heads=30, teacher=teacher)
    client.get(url("periods"))
    with django_assert_num_queries(5):
        assert len(client.get(url("periods")).context["lines"]) == number


def test_principal_sees_figures_and_takes_tables_out(library, teacher):
    logged_in(teacher.account).post(url("new_period"), lesson(heads=30))
    principal = logged_in(make_user(Role.PRINCIPAL))
    page = principal.get(url("figures"))
    assert page.context["chart"].series[0].values[-1] == 30
    for what, word in (("days", "2026-10-12"), ("classes", "三(1)班"), ("teachers", "李老师")):
        file = b"".join(principal.get(url("export_figures", what, **{"as": "csv"})).streaming_content).decode()
        assert word in file
    assert principal.get(url("export_figures", "x")).status_code == 404
    register = b"".join(principal.get(url("export_periods", **{"as": "csv"})).streaming_content).decode()
    assert "《草房子》" in register
