import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library_site.models import Role
from readers.models import Card
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
CARDS, ISSUE, PRINT = (reverse(f"readers:{name}") for name in ("cards", "issue_cards", "print_cards"))


@pytest.fixture
def librarian(time_machine):
    time_machine.move_to("2026-10-12T04:20:00Z")
    make_school()
    make_school_year(2026)
    client = Client()
    client.force_login(make_user(Role.LIBRARIAN))
    return client


def messages_of(answer):
    return [str(message) for message in answer.context["messages"]]


def test_cards_page_shows_coverage_with_its_formula(librarian):
    make_reader(school_class=make_class(2024, 1), card="K1")
    for _number in range(2):
        make_reader(school_class=make_class(2026, 1))
    make_reader()

    text = librarian.get(CARDS).content.decode()

    assert "33.33" in text
    assert "1 ÷ 3，2026-10-12" in text
    assert "持有效证学生数 ÷ 在校学生数 × 100%" in text
    assert "另有 1 名学生未编班" in text


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["一(1)班", "三(1)班", "六(1)班"]),
        ({"first": 1, "last": 2}, ["三(1)班", "六(1)班"]),
        ({"first": 2, "last": 1}, ["三(1)班", "六(1)班"]),
        ({"first": 0, "last": 0}, ["一(1)班"]),
        ({"first": "x", "last": "99"}, ["一(1)班", "三(1)班", "六(1)班"]),
    ],
)
def test_cards_page_shows_the_range_of_grades(librarian, asked, names):
    for entry_year in (2026, 2024, 2021):
        make_class(entry_year, 1)

    coverage = librarian.get(CARDS, asked).context["coverage"]

    assert [row.school_class.name for row in coverage.classes] == names


def test_cards_page_of_a_school_without_classes_leads_to_the_import(librarian):
    assert reverse("imports:upload", args=["roster"]) in librarian.get(CARDS).content.decode()


def test_cards_page_asks_as_much_for_three_classes_as_for_one(librarian):
    counts = []
    for number in range(1, 4):
        make_reader(school_class=make_class(2024, number), card=f"K{number}")
        librarian.get(CARDS)
        with CaptureQueriesContext(connection) as captured:
            librarian.get(CARDS)
        counts.append(len(captured))

    assert counts[0] == counts[2]


def test_issuing_leads_to_the_new_cards_only(librarian):
    school_class = make_class(2024, 1)
    make_reader("旧人", school_class=school_class, card="K1")
    make_reader("新人", school_class=school_class)

    answer = librarian.post(ISSUE, {"classes": [school_class.pk]}, follow=True)

    assert messages_of(answer) == ["已发证 1 张。"]
    assert "新人" in answer.content.decode()
    assert "旧人" not in answer.content.decode()


def test_issuing_leads_to_the_new_cards_only_though_others_are_of_the_same_day(librarian):
    for number in (1, 2):
        make_reader(f"新人{number}", school_class=make_class(2024, number))
        answer = librarian.post(ISSUE, {"classes": [make_class(2024, number).pk]}, follow=True)

    assert [place.card.reader.name for place in answer.context["sheets"][0]] == ["新人2"]


def test_print_of_what_was_just_issued_keeps_it_while_another_place_is_chosen(librarian):
    make_reader("旧人", school_class=make_class(), card="K1")
    new = make_reader("新人", school_class=make_class(), card="K2").cards.get()

    answer = librarian.get(PRINT, {"first": new.pk, "school_class": "", "since": "", "start": "2"})

    assert [place.card for place in answer.context["sheets"][0]] == [None, new]
    assert f'name="first" value="{new.pk}"' in answer.content.decode()


def test_issuing_to_several_classes_prints_all_of_them(librarian):
    classes = [make_class(2024, 1), make_class(2024, 2)]
    for school_class in classes:
        make_reader(school_class=school_class)

    answer = librarian.post(ISSUE, {"classes": [row.pk for row in classes]}, follow=True)

    assert [len(sheet) for sheet in answer.context["sheets"]] == [2]


@pytest.mark.parametrize("sent", [{}, {"classes": ["999"]}, {"classes": ["x"]}])
def test_issuing_without_a_class_of_the_school_issues_nothing(librarian, sent):
    make_reader(school_class=make_class())

    assert messages_of(librarian.post(ISSUE, sent, follow=True)) == ["请至少选择一个班级。"]
    assert not Card.objects.exists()


def test_issuing_where_all_have_cards_says_so(librarian):
    make_reader(school_class=make_class(), card="K1")

    assert messages_of(librarian.post(ISSUE, {"classes": [make_class().pk]}, follow=True)) == [
        "这些班级的学生都已有证。"
    ]


def test_print_begins_at_the_chosen_place_and_fills_sheets_of_ten(librarian):
    for number in range(8):
        make_reader(school_class=make_class(), card=f"K{number}")

    sheets = librarian.get(PRINT, {"school_class": make_class().pk, "start": "4"}).context["sheets"]

    assert [len(sheet) for sheet in sheets] == [10, 1]
    assert [place.card is None for place in sheets[0][:4]] == [True, True, True, False]


def test_print_of_one_reader_shows_what_a_card_needs(librarian):
    reader = make_reader("赵小明", school_class=make_class(2024, 1), number="S777", card="80000001")
    make_reader("别人", school_class=make_class(2024, 1), card="80000002")

    text = librarian.get(PRINT, {"reader": reader.pk}).content.decode()

    for shown in ("赵小明", "三(1)班", "S777", "80000001", "实验小学", "<svg"):
        assert shown in text
    assert "别人" not in text


@pytest.mark.parametrize("start", ["0", "11", "x"])
def test_print_refuses_a_place_that_no_sheet_has(librarian, start):
    make_reader(card="K1")

    answer = librarian.get(PRINT, {"start": start})

    assert answer.context["sheets"] == []
    assert "start" in answer.context["form"].errors


def test_print_asks_as_much_for_three_cards_as_for_one(librarian):
    counts = []
    for number in range(3):
        make_reader(school_class=make_class(), card=f"K{number}")
        librarian.get(PRINT, {"start": 1})
        with CaptureQueriesContext(connection) as captured:
            librarian.get(PRINT, {"start": 1})
        counts.append(len(captured))

    assert counts[0] == counts[2]


def act(client, name, reader, **sent):
    return client.post(reverse(f"readers:{name}", args=[reader.pk]), sent, follow=True)


def test_lost_card_can_be_found_until_it_is_replaced(librarian):
    reader = make_reader(card="K1")

    text = act(librarian, "card_lost", reader).content.decode()
    assert "证已找回" in text
    text = act(librarian, "card_found", reader).content.decode()
    assert "已恢复有效" in text
    act(librarian, "card_lost", reader)
    text = act(librarian, "new_card", reader, fee="5").content.decode()
    assert "¥5.00" in text
    assert "证已找回" not in text
    assert messages_of(act(librarian, "card_found", reader)) == ["只有最近一张且已挂失的借书证才能恢复。"]


def test_loss_twice_is_told_not_counted(librarian):
    reader = make_reader(card="K1")
    act(librarian, "card_lost", reader)

    assert messages_of(act(librarian, "card_lost", reader)) == ["该读者没有有效的借书证。"]


def test_replacement_tells_at_the_field_why_not(librarian):
    make_reader(card="K2")
    reader = make_reader(card="K1")

    answer = act(librarian, "new_card", reader, ends="replaced", barcode="k2", fee="-1")
    assert "fee" in answer.context["form"].errors
    answer = act(librarian, "new_card", reader, ends="replaced", barcode="k2")
    assert answer.context["form"].errors["barcode"] == ["该证号曾经使用过，不能再用。"]
    assert reader.cards.get().status == "valid"


def test_card_of_a_leaver_is_refused_with_the_reason(librarian):
    reader = make_reader(status="left")

    answer = act(librarian, "new_card", reader)

    assert answer.context["form"].non_field_errors()
    assert not reader.cards.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LIBRARIAN])
@pytest.mark.parametrize("name", ["card_lost", "card_found", "new_card"])
def test_cards_are_the_librarians_alone(librarian, role, name):
    reader = make_reader(card="K1")
    client = Client()
    client.force_login(make_user(role))

    assert act(client, name, reader, ends="lost").status_code == 403
    assert [card.status for card in reader.cards.all()] == ["valid"]
