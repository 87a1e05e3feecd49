import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from django.views.defaults import server_error

from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(client):
    make_school()
    client.force_login(make_user("student"))
    return client


def test_page_without_right_says_so_and_leads_home(student):
    answer = student.get(reverse("circulation:desk"))
    assert answer.status_code == 403
    assert "没有权限" in answer.content.decode()
    assert f'href="{reverse("home")}"' in answer.content.decode()


def test_unknown_address_says_so_in_the_readers_language(student):
    answer = student.get("/no-such-page/", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "Nothing here" in answer.content.decode()


def test_form_without_token_is_told_that_nothing_was_saved():
    make_school()
    answer = Client(enforce_csrf_checks=True).post(reverse("login"), {"username": "a"})
    assert answer.status_code == 403
    assert "没有保存" in answer.content.decode()


def test_error_page_needs_no_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0), override("zh-hans"):
        answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()
