"""Re-classing on the page: choose, preview, write, print."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Reclassing, Title
from catalog.operations.search_index import index_titles
from tests.factories.catalog import make_copy, make_title
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


def make_classified(name: str, clc_number: str, book_number: str) -> Title:
    return make_title(
        name, clc_number=clc_number, book_number=book_number, clc_class_id=clc_number, main_class=clc_number[0]
    )


def chosen(answer):
    return [title.name for title in answer.context["rows"]]


def test_whole_class_is_chosen_with_what_is_below_it(client):
    make_classified("甲", "I247.5", "1")
    make_classified("乙", "I24", "1")
    make_classified("丙", "I28", "1")

    assert chosen(client.get(reverse("clc:reclass"), {"code": "I24"})) == ["乙", "甲"]


def test_selection_is_chosen_and_senseless_keys_are_left_out(client):
    one, other = make_classified("甲", "I24", "1"), make_classified("乙", "I28", "1")

    assert chosen(client.get(reverse("clc:reclass"), {"title": [other.pk, one.pk, "x"]})) == ["甲", "乙"]
    assert chosen(client.get(reverse("clc:reclass"))) == []


def test_preview_shows_both_numbers_then_the_act_writes_them_and_leads_to_the_labels(client):
    title = make_classified("甲", "I24", "3")
    make_copy(title=title)
    fields = {"titles": str(title.pk), "to": "I287", "reason": "儿童文学归类"}

    preview = client.post(reverse("clc:reclass"), {**fields, "preview": "1"}).content.decode()
    assert "I24/3" in preview
    assert "I287/1" in preview
    assert not Reclassing.objects.exists()

    answer = client.post(reverse("clc:reclass"), {**fields, "apply": "1"})
    made = Reclassing.objects.get()
    assert answer.headers["Location"] == reverse("clc:reclassing", args=[made.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "I24/3" in page
    assert f"{reverse('labels:labels')}?reclassing={made.pk}" in page
    assert "儿童文学归类" in client.get(reverse("clc:reclassings")).content.decode()


def test_refusal_stands_at_its_field_and_keeps_what_was_typed(client):
    title = make_classified("甲", "I24", "3")

    answer = client.post(reverse("clc:reclass"), {"titles": str(title.pk), "to": "I24", "preview": "1"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["to"]
    assert chosen(answer) == ["甲"]
    wrong = client.post(reverse("clc:reclass"), {"titles": str(title.pk), "to": "儿童", "apply": "1"})
    assert list(wrong.context["form"].errors) == ["to"]


def test_title_page_shows_former_numbers_to_the_librarian_only(client):
    title = make_classified("甲", "I24", "3")
    client.post(reverse("clc:reclass"), {"titles": str(title.pk), "to": "I287", "apply": "1"})

    assert "I24/3" in client.get(reverse("catalog:title", args=[title.pk])).content.decode()
    assert "I24/3" not in Client().get(reverse("catalog:title", args=[title.pk])).content.decode()


def test_titles_of_a_search_are_chosen(client):
    make_classified("三国演义", "I24", "1")
    make_classified("西游记", "I24", "2")
    index_titles()

    assert chosen(client.get(reverse("clc:reclass"), {"q": "三国"})) == ["三国演义"]
