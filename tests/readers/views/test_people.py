from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from library_site.models import Role
from library_site.shared.pinyin import pinyin_of_name
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
LIST = reverse("readers:readers")
TODAY = date(2026, 10, 12)


@pytest.fixture
def librarian(time_machine):
    """A librarian's browser at noon of a Monday in the year 2026."""
    time_machine.move_to("2026-10-12T04:20:00Z")
    make_school()
    make_school_year(2026)
    make_policy()
    client = Client()
    client.force_login(make_user(Role.LIBRARIAN))
    return client


def pupil(name, **fields):
    sound = pinyin_of_name(name)
    return make_reader(name, pinyin=sound.full, initials=sound.initials, **fields)


def listed(client, **asked):
    answer = client.get(LIST, asked)
    return [reader.name for reader, _class_name in answer.context["lines"]]


@pytest.mark.parametrize(
    "asked", ["曾小红", "zengxiao", "zxh", "三(1)班 曾", "三1曾", "3.1 zxh", "20240102"], ids=lambda text: text
)
def test_list_finds_by_name_pinyin_class_and_number(librarian, asked):
    pupil("曾小红", number="20240102", school_class=make_class(2024, 1))
    pupil("李雨桐", number="20230101", school_class=make_class(2023, 1))

    assert listed(librarian, q=asked) == ["曾小红"]


def test_list_is_in_the_order_of_classes_and_numbers(librarian):
    pupil("王老师", category="teacher", number="A001")
    pupil("丙", number="3", school_class=make_class(2021, 1))
    pupil("乙", number="2", school_class=make_class(2026, 2))
    pupil("甲", number="1", school_class=make_class(2026, 2))

    assert listed(librarian) == ["甲", "乙", "丙", "王老师"]


def test_list_filters_by_class_category_and_status(librarian):
    school_class = make_class(2024, 1)
    pupil("甲", school_class=school_class)
    pupil("乙", category="teacher")
    pupil("丙", status="left", left_on=TODAY)

    assert listed(librarian) == ["甲", "乙"]
    assert listed(librarian, school_class=school_class.pk) == ["甲"]
    assert listed(librarian, category="teacher") == ["乙"]
    assert listed(librarian, status="left") == ["丙"]
    assert len(listed(librarian, status="all")) == 3


def test_list_drops_filters_that_make_no_sense(librarian):
    pupil("甲")

    assert listed(librarian, school_class="x", category="king", status="?", page="-1") == ["甲"]


def test_scanned_card_opens_its_reader(librarian):
    reader = pupil("甲", card="80000001")

    answer = librarian.get(LIST, {"q": "８0000001"})

    assert answer.headers["Location"] == reverse("readers:reader", args=[reader.pk])


def test_list_shows_class_card_and_books_out(librarian):
    school_class = make_class(2024, 1)
    reader = pupil("甲", school_class=school_class, card="80000001")
    pupil("乙", school_class=school_class)
    make_loan(reader=reader, copy=make_copy("10000001"))
    make_loan(reader=reader, copy=make_copy("10000002"), returned_at=timezone.now())

    text = librarian.get(LIST).content.decode()

    assert "三(1)班" in text
    assert "80000001" in text
    assert '<td class="num">1</td>' in text
    assert "无证" in text


def test_list_pages_are_bounded(librarian):
    for _number in range(51):
        make_reader()

    assert len(listed(librarian)) == 50
    assert len(listed(librarian, page="2")) == 1


def test_list_asks_as_much_for_three_readers_as_for_one(librarian):
    counts = []
    for number in range(3):
        reader = pupil("甲", school_class=make_class(2024, number + 1), card=f"8000000{number}")
        make_loan(reader=reader, copy=make_copy(f"1000000{number}"))
        librarian.get(LIST)  # fills what a process keeps
        with CaptureQueriesContext(connection) as captured:
            librarian.get(LIST)
        counts.append(len(captured))

    assert counts[0] == counts[2]


def page_of(client, reader):
    return client.get(reverse("readers:reader", args=[reader.pk]))


def test_page_shows_classes_over_time_under_their_names_of_then(librarian):
    make_school_year(2025)
    make_school_year(2024)
    reader = pupil("甲", school_class=make_class(2024, 1), since=date(2026, 9, 1))
    reader.memberships.create(school_class=make_class(2024, 2), since=date(2024, 9, 1), until=date(2026, 9, 1))

    stays = page_of(librarian, reader).context["shown"].stays

    assert [(stay.first_name, stay.last_name) for stay in stays] == [("三(1)班", "三(1)班"), ("一(2)班", "二(2)班")]


def test_page_shows_cards_and_what_is_out_but_not_what_was(librarian):
    reader = pupil("甲", card="80000002", note="眼镜", number="S1")
    reader.cards.create(barcode="80000001", status="lost", issued_on=TODAY, ended_on=TODAY, fee="5.00")
    make_loan(reader=reader, copy=make_copy("10000001", title=make_title("昆虫记")), due_on=TODAY - timedelta(days=2))
    make_loan(reader=reader, copy=make_copy("10000002", title=make_title("草房子")), returned_at=timezone.now())

    text = page_of(librarian, reader).content.decode()

    for shown in ("80000001", "80000002", "¥5.00", "丢失", "昆虫记", "逾期 1 天", "眼镜"):
        assert shown in text
    assert "草房子" not in text


def test_page_asks_as_much_for_three_books_as_for_one(librarian):
    reader = pupil("甲", school_class=make_class(2024, 1), card="80000001")
    counts = []
    for number in range(3):
        make_loan(reader=reader, copy=make_copy(f"1000000{number}"))
        page_of(librarian, reader)
        with CaptureQueriesContext(connection) as captured:
            page_of(librarian, reader)
        counts.append(len(captured))

    assert counts[0] == counts[2]


def test_page_leads_to_what_can_be_done(librarian):
    reader = pupil("甲", account=make_user(Role.STUDENT, username="jia"))

    text = page_of(librarian, reader).content.decode()

    for name in ("edit_reader", "move", "new_card"):
        assert reverse(f"readers:{name}", args=[reader.pk]) in text
    assert reverse("leaving:reader", args=[reader.pk]) in text
    assert reverse("accounts:account", args=[reader.account_id]) in text


def test_page_of_one_without_an_account_offers_it_to_whoever_may_open_it(librarian):
    child, teacher = pupil("甲"), pupil("乙", category="teacher")

    assert reverse("accounts:for_reader", args=[child.pk]) in page_of(librarian, child).content.decode()
    assert reverse("accounts:for_reader", args=[teacher.pk]) not in page_of(librarian, teacher).content.decode()


def test_page_of_one_who_left_offers_no_act(librarian):
    reader = pupil("甲", status="left", left_on=TODAY, card="80000001")

    text = page_of(librarian, reader).content.decode()

    for name in ("readers:move", "readers:new_card", "readers:card_lost", "leaving:reader", "accounts:for_reader"):
        assert reverse(name, args=[reader.pk]) not in text


def test_page_of_nobody_is_not_there(librarian):
    assert librarian.get(reverse("readers:reader", args=[999])).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LIBRARIAN])
def test_readers_are_open_to_the_librarian_only(librarian, role):
    reader = pupil("甲")
    client = Client()
    client.force_login(make_user(role))

    assert client.get(LIST).status_code == 403
    assert page_of(client, reader).status_code == 403
