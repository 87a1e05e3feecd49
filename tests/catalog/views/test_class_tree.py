"""Pages of the classification."""

import pytest
from django.test import Client
from django.urls import reverse

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
