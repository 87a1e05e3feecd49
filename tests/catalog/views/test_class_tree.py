"""Pages of the classification."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.catalog import make_copy, make_title
from tests.factories.classification import make_classification
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    make_school()
    make_classification()
    client = Client()
    client.force_login(make_user(), backend="library_site.authentication.AccountBackend")
    return client


def test_picker_is_answered_with_options_and_what_a_number_means(client):
    answer = client.get(reverse("clc:find"), {"q": "I287.45"}).content.decode()

    assert 'data-value="I287.45"' in answer
    assert 'data-meaning="I287.45 新体小说"' in answer
    assert "文学 › 中国文学 › 儿童文学 › 当代作品 › 小说" in answer


def test_picker_says_that_nothing_is_called_so(client):
    answer = client.get(reverse("clc:find"), {"q": "飞天意面"}).content.decode()

    assert "没有这样的类名" in answer


def test_tree_shows_five_divisions_and_what_they_hold(client):
    make_copy(title=make_title(clc_number="I287.45", clc_class_id="I287.45", main_class="I"))

    answer = client.get(reverse("clc:tree"))

    assert [part.count.titles for part in answer.context["divisions"]] == [0, 0, 1, 0, 0]
    assert "1 种、1 册" in answer.content.decode()


def test_branch_shows_the_classes_below(client):
    make_copy(title=make_title(clc_number="I287.45", clc_class_id="I287.45", main_class="I"))

    answer = client.get(reverse("clc:branch", args=["I2"]))

    assert [(row.code, row.count.titles, row.has_children) for row in answer.context["branches"]] == [
        ("I24", 0, True),
        ("I28", 1, True),
    ]
    used = client.get(reverse("clc:branch", args=["I2"]), {"used": "1"}).content.decode()
    assert "I24" not in used


def test_class_page_shows_the_way_and_the_titles_below_in_shelf_order(client):
    for name, number, book in [("乙", "I287.45", "10"), ("甲", "I287.45", "9"), ("丙", "I28", "1")]:
        make_title(name, clc_number=number, book_number=book, clc_class_id=number, main_class="I")
    make_title("外", clc_number="I24", clc_class_id="I24", main_class="I")

    answer = client.get(reverse("clc:class", args=["I28"]))

    assert [title.name for title in answer.context["page"]] == ["丙", "甲", "乙"]
    assert [step.code for step in answer.context["way"]] == ["I", "I2"]


def test_class_whose_number_is_a_range_has_its_page(client):
    assert client.get(reverse("clc:class", args=["I3/7"])).status_code == 200
    assert client.get(reverse("clc:class", args=["I9"])).status_code == 404


def test_class_page_takes_as_many_statements_for_many_titles(client):
    client.get(reverse("clc:tree"))  # loads what is kept in the process
    counted = []
    for number in (1, 2):
        for _title in range(number):
            make_title(clc_number="I28", clc_class_id="I28", main_class="I")
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("clc:class", args=["I28"]))
        counted.append(len(statements))

    assert counted[0] == counted[1]
