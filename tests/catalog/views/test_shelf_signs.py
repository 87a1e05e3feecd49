"""What stands on the signs of shelves and classes."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import ClcClass, Shelf
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    make_school()
    for code, name, parent, level in (
        ("I", "文学", None, 1), ("I2", "中国文学", "I", 2), ("I24", "小说", "I2", 3), ("I28", "儿童文学", "I2", 3),
        ("K", "历史、地理", None, 1), ("K2", "中国史", "K", 2),
    ):  # fmt: skip
        ClcClass.objects.create(code=code, name=name, parent_id=parent, level=level)
    client = Client()
    client.force_login(make_user(), backend="library_site.authentication.AccountBackend")
    return client


def signs(client, **asked):
    return client.get(reverse("labels:signs"), asked).context["signs"]


def hold(number, **fields):
    return make_copy(title=make_title(clc_number=number, book_number="1", main_class=number[0]), **fields)


def test_shelf_reaches_from_where_it_begins_to_the_last_class_on_it(client):
    place = make_location()
    for name, begins in (("2架", "I28"), ("1架", "I24"), ("3架", "K2")):
        Shelf.objects.create(location=place, name=name, begins_with=begins)
    for number in ("I247.5", "I246", "I287.45", "I3"):
        hold(number)
    hold("I27", location=make_location("教师阅览室"))
    hold("I275", state="withdrawn")

    found = signs(client, what="shelves", place=place.pk)
    assert [(sign.heading, sign.first.code, sign.last and sign.last.code) for sign in found] == [
        ("1架", "I24", "I247.5"),
        ("2架", "I28", "I3"),
        ("3架", "K2", None),
    ]
    assert (found[0].first.name, found[0].last.name, found[0].main_class) == ("小说", "小说", "I")
    assert [row.code for row in found[0].classes] == ["I2"]


def test_signs_of_classes_name_what_is_below(client):
    (sign,) = signs(client, what="classes", classes="I2")

    assert (sign.first.code, sign.first.name) == ("I2", "中国文学")
    assert [row.code for row in sign.classes] == ["I24", "I28"]


def test_sign_of_a_class_names_those_below_it_of_which_most_is_held(client):
    for number in range(20, 29):
        code = f"K{number}"
        ClcClass.objects.create(code=code, name="史", parent_id="K2", level=3)
        title = make_title(clc_number=code, main_class="K", clc_class_id=code)
        for _copy in range(0 if number < 22 else number - 20):
            make_copy(title=title)

    (sign,) = signs(client, what="classes", classes="K2")
    assert [row.code for row in sign.classes] == ["K23", "K24", "K25", "K26", "K27", "K28"]


def test_without_names_each_main_class_held_gets_a_sign(client):
    for number in ("K2", "I24", "I28"):
        hold(number)

    assert [sign.first.code for sign in signs(client, what="classes")] == ["I", "K"]


def test_class_that_is_in_no_table_is_told(client):
    answer = client.get(reverse("labels:signs"), {"what": "classes", "classes": "I2 W9"})

    assert answer.context["unknown"] == ["W9"]
    assert [sign.first.code for sign in answer.context["signs"]] == ["I2"]


def test_place_without_shelves_says_so(client):
    assert signs(client, what="shelves", place=make_location().pk) == []
    assert signs(client) is None
