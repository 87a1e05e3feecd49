"""News of the library: who writes it, who reads what and until when."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.models import ActivityOptions, FileBytes, NewsItem, StoredFile
from tests.factories.files import PDF, picture_bytes, upload
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def school():
    make_school(public_search=True)


@pytest.fixture
def librarian(client):
    librarian = make_user("librarian")
    client.force_login(librarian)
    return librarian


def make_news(name: str = "新书到馆", **fields: object) -> NewsItem:
    return NewsItem.objects.create(name=name, text="请来看书。", **({"published_at": timezone.now()} | fields))


def write(client, **fields):
    values = {"name": "新书到馆", "text": "请来看书。", "is_shown": "on", "ends_on": "", **fields}
    return client.post(reverse("news:new"), values)


def test_news_is_written_and_read_by_strangers(client, librarian):
    assert write(client).status_code == 302
    client.logout()

    assert "新书到馆" in client.get(reverse("news:list")).content.decode()
    page = client.get(reverse("news:item", args=[NewsItem.objects.get().pk]))
    assert "请来看书。" in page.content.decode()
    assert NewsItem.objects.get().by == librarian


def test_news_without_words_is_not_saved(client, librarian):
    assert write(client, text="").status_code == 422
    assert not NewsItem.objects.exists()


@pytest.mark.parametrize("fields", [{"published_at": None}, {"ends_on": date(2020, 1, 1)}], ids=["draft", "ended"])
def test_news_that_is_not_shown_is_for_the_librarian_alone(client, fields):
    news = make_news(**fields)
    addresses = [reverse("news:item", args=[news.pk]), reverse("library:home")]
    for role in (None, "student", "teacher", "principal"):
        if role:
            client.force_login(make_user(role))
        assert client.get(addresses[0]).status_code == 404
        assert news.name not in client.get(addresses[1]).content.decode()

    client.force_login(make_user("librarian"))

    assert client.get(addresses[0]).status_code == 200


def test_news_on_top_comes_first(client):
    make_news("老新闻", is_pinned=True, published_at=timezone.now() - timedelta(days=30))
    make_news("新新闻")

    names = [row.name for row in client.get(reverse("library:home")).context["news"]]

    assert names == ["老新闻", "新新闻"]


def test_picture_of_news_is_changed_and_goes_with_it(client, librarian):
    write(client, picture=upload(picture_bytes((900, 600)), "a.jpg"))
    first = NewsItem.objects.get().picture
    edit = reverse("news:edit", args=[NewsItem.objects.get().pk])
    values = {"name": "新书到馆", "text": "改了。", "is_shown": "on"}
    client.post(edit, {**values, "picture": upload(picture_bytes((600, 900)), "b.jpg")})
    second = NewsItem.objects.get().picture

    assert second != first
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [second.pk]

    client.post(reverse("news:remove", args=[NewsItem.objects.get().pk]))
    assert not StoredFile.objects.exists()
    assert not FileBytes.objects.exists()


def test_news_taken_off_the_page_keeps_its_picture_from_strangers(client, librarian):
    write(client, picture=upload(picture_bytes((900, 600)), "a.jpg"))
    news = NewsItem.objects.get()
    address = reverse("files:preview", args=[news.picture_id, news.picture.version])
    client.logout()
    assert client.get(address).status_code == 200

    NewsItem.objects.update(published_at=None)

    assert client.get(address).status_code == 404


def test_file_that_is_no_picture_is_refused_and_nothing_is_kept(client, librarian):
    answer = write(client, picture=upload(PDF, "a.pdf"))

    assert answer.status_code == 422
    assert not NewsItem.objects.exists()
    assert not StoredFile.objects.exists()


def test_picture_of_the_librarys_page_is_chosen_and_taken_away(client, librarian):
    client.post(reverse("news:picture"), {"picture": upload(picture_bytes((900, 600)), "a.jpg")})
    assert ActivityOptions.objects.get().picture is not None

    client.post(reverse("news:picture"), {})

    assert ActivityOptions.objects.get().picture is None
    assert not StoredFile.objects.exists()


def test_first_day_of_news_stays_when_it_is_changed(client, librarian):
    news = make_news(published_at=timezone.now() - timedelta(days=9))

    client.post(reverse("news:edit", args=[news.pk]), {"name": "改名", "text": "新", "is_shown": "on"})

    assert NewsItem.objects.get().published_at == news.published_at


def test_list_costs_a_constant_number_of_statements(client):
    counts = []
    for number in (1, 3):
        for _one in range(number):
            make_news()
        client.get(reverse("news:list"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("news:list"))
        counts.append(len(captured))

    assert counts[0] == counts[1]
