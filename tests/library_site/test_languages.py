import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.site import make_school


@pytest.fixture
def login_page(db):
    make_school()
    return reverse("login")


@pytest.mark.parametrize("wanted", [{}, {"accept-language": "zh-CN,zh;q=0.9"}, {"accept-language": "fr"}])
def test_page_speaks_chinese_unless_asked_otherwise(login_page, wanted):
    page = Client(headers=wanted).get(login_page).content.decode()

    assert '<html lang="zh-hans"' in page
    assert "登录" in page
    assert "Log in" not in page


def test_page_speaks_english_once_chosen(login_page):
    client = Client()
    client.post(reverse("set_language"), {"language": "en"})

    page = client.get(login_page).content.decode()

    assert '<html lang="en"' in page
    assert "Log in" in page
    assert "登录" not in page
