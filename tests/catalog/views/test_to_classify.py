"""The queue of what is to be classified."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Title
from tests.factories.catalog import make_title
from tests.factories.classification import make_classification
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(db):
    make_school()
    make_classification()
    client = Client()
    client.force_login(make_user(), backend="library_site.authentication.AccountBackend")
    return client


def make_sure(name: str) -> Title:
    """A title whose class is known from another edition."""
    make_title(name, author="某人", clc_number="I287.45", clc_class_id="I287.45", main_class="I", book_number="1")
    return make_title(name, author="某人")


def shown(answer):
    return [row.title.name for row, _picker in answer.context["rows"]]


def test_queue_shows_titles_without_a_class_in_the_order_they_came(client):
    make_title("甲")
    make_title("乙", clc_number="K", main_class="K")
    make_title("丙", clc_number="无")

    answer = client.get(reverse("clc:queue"))

    assert shown(answer) == ["甲", "丙"]
    assert "还有 2 种图书未分类" in answer.content.decode()


def test_queue_goes_on_behind_what_was_left(client):
    first = make_title("甲")
    make_title("乙")

    assert shown(client.get(reverse("clc:queue"), {"after": first.pk})) == ["乙"]
    assert shown(client.get(reverse("clc:queue"), {"after": "x"})) == ["甲", "乙"]


def test_sure_suggestions_can_be_seen_alone_and_are_chosen(client):
    make_title("无人知晓")
    make_sure("草房子")

    answer = client.get(reverse("clc:queue"), {"confident": "1"})

    assert shown(answer) == ["草房子"]
    assert 'value="I287.45" checked' in answer.content.decode()


def test_key_is_answered_with_the_call_number(client):
    title = make_title("甲")

    answer = client.post(
        reverse("clc:accept"),
        {"title": title.pk, f"other-{title.pk}": "I287.45"},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 200
    assert "I287.45/1" in answer.content.decode()


def test_key_for_a_title_that_somebody_else_classified_is_told_so(client):
    title = make_title("甲", clc_number="K", book_number="3", main_class="K")

    answer = client.post(
        reverse("clc:accept"), {"title": title.pk, f"other-{title.pk}": "I28"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 422
    assert "K/3" in answer.content.decode()


def test_many_are_accepted_at_once_typed_numbers_before_chosen_ones(client):
    one, two, three, four = (make_title(name) for name in "甲乙丙丁")

    answer = client.post(
        reverse("clc:accept"),
        {
            "title": [one.pk, two.pk, three.pk, four.pk],
            f"class-{one.pk}": "I28",
            f"class-{two.pk}": "I28",
            f"other-{two.pk}": "k",
            f"other-{three.pk}": "儿童文学",
        },
        follow=True,
    )

    assert dict(Title.objects.values_list("name", "clc_number")) == {"甲": "I28", "乙": "K", "丙": "", "丁": ""}
    assert "已给 2 种图书分类" in answer.content.decode()
    assert "不是有效的中图分类号" in answer.content.decode()


def test_undo_puts_the_title_back_into_the_queue(client):
    title = make_title("甲")
    client.post(reverse("clc:accept"), {"title": title.pk, f"other-{title.pk}": "I28"})
    fields = {"title": title.pk, "clc_number": "I28", "book_number": "1"}

    assert client.post(reverse("clc:take_back"), fields, headers={"HX-Request": "true"}).status_code == 204
    assert shown(client.get(reverse("clc:queue"))) == ["甲"]
    assert client.post(reverse("clc:take_back"), fields, headers={"HX-Request": "true"}).status_code == 422


def test_empty_queue_says_so(client):
    assert "所有图书都已分类" in client.get(reverse("clc:queue")).content.decode()
