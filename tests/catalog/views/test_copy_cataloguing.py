"""Looking up, taking over and keeping a record; the servers' pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import MarcRecord, SruServer, Title
from library_site.models import Role
from tests.factories.catalog import make_server, make_title
from tests.factories.site import make_school, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_rests")]


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(make_user(*roles), backend="library_site.authentication.AccountBackend")
    return client


@pytest.fixture
def client(db):
    make_school()
    return signed_in()


@pytest.fixture
def server(library_server):
    return make_server("馆", url=f"{library_server}marc21")


def ask(client, *, json=False, htmx=False, **asked):
    headers = {"Accept": "application/json" if json else "text/html"} | ({"HX-Request": "true"} if htmx else {})
    return client.get(reverse("sru:lookup"), asked, headers=headers)


def test_single_hit_is_marked_to_fill_the_form(client, server):
    page = ask(client, isbn="978-7-5346-1234-3", htmx=True).content.decode()

    assert page.count("data-single") == 1
    assert "草房子" in page
    assert "<html" not in page


def test_several_hits_are_offered(client, server):
    page = ask(client, name="harry potter", htmx=True).content.decode()

    assert page.count("data-copy") == 2
    assert "data-single" not in page


def test_json_has_the_values_of_a_single_hit_only(client, server):
    single = ask(client, json=True, isbn="9787534612343").json()
    several = ask(client, json=True, name="harry potter").json()

    assert (single["values"]["name"], single["values"]["price"]) == ("草房子", "18.00")
    assert several["values"] is None
    assert len(several["hits"]) == 2


def test_nothing_found_says_so(client, server):
    assert "其他图书馆也没有" in ask(client, isbn="9787115000019", htmx=True).content.decode()


def test_no_server_in_use_says_so_and_leads_to_the_servers(client):
    page = ask(client, isbn="9787115000019", htmx=True).content.decode()

    assert reverse("sru:overview") in page


def test_server_without_network_is_named_and_the_form_stays_usable(client):
    make_server("不通", url="http://127.0.0.1:1/")

    page = ask(client, isbn="9787115000019", htmx=True).content.decode()

    assert "不通" in page
    assert "不用它也可以" in page


def test_wrong_isbn_is_asked_nowhere(client, server):
    assert "校验位不符" in ask(client, isbn="9787115000018", htmx=True).content.decode()
    assert ask(client, json=True, isbn="9787115000018").json()["hits"] == []


def test_record_taken_over_fills_the_form_and_is_kept_whole(client, server):
    record = ask(client, json=True, isbn="9787534612343").json()["record"]

    form = client.get(reverse("records:new"), {"record": record})
    values = {field.name: field.value() for field in form.context["form"] if field.value() not in (None, False)}
    saved = client.post(reverse("records:new"), {**values, "record": record})

    assert saved.status_code == 302
    title = Title.objects.get()
    assert (title.name, title.publisher, title.isbn) == ("草房子", "江苏少年儿童出版社", "9787534612343")
    kept = MarcRecord.objects.get(title=title)
    assert kept.format == "marc21"
    tags = [row[0] for row in kept.fields]
    assert "583" in tags  # a field that we do not model
    assert "852" not in tags  # the other library's copies


def test_forged_record_is_not_kept(client):
    values = {"name": "书", "material": "book", "audience": "all", "record": "x:y:z"}

    saved = client.post(reverse("records:new"), values)

    assert saved.status_code == 302
    assert (Title.objects.count(), MarcRecord.objects.count()) == (1, 0)


def test_isbn_not_held_lets_the_form_ask_other_libraries(client):
    make_title(isbn="9787534612343")

    fresh = client.get(reverse("records:isbn"), {"isbn": "9787115000019"})
    held = client.get(reverse("records:isbn"), {"isbn": "9787534612343"})

    assert fresh.headers["HX-Trigger"] == "isbn-fresh"
    assert "HX-Trigger" not in held.headers


def test_form_asks_other_libraries_only_where_a_server_is_in_use(client):
    assert reverse("sru:lookup") not in client.get(reverse("records:new")).content.decode()
    make_server(url="http://127.0.0.1:1/")
    assert reverse("sru:lookup") in client.get(reverse("records:new")).content.decode()


VALUES = {
    "name": "省图",
    "url": "http://sru.example.edu.cn:210/db",
    "enabled": "on",
    "version": "1.1",
    "record_schema": "marcxml",
    "isbn_index": "bath.isbn",
    "title_index": "dc.title",
    "seconds": "5",
}


def test_server_is_added_behind_the_others(client):
    make_server("first", position=4)

    answer = client.post(reverse("sru:new"), VALUES)

    added = SruServer.objects.get(name="省图")
    assert answer.headers["Location"] == reverse("sru:server", args=[added.pk])
    assert added.position == 5


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"url": "file:///etc/passwd"}, "url"), ({"seconds": "61"}, "seconds"), ({"name": "first"}, "name")],
)
def test_server_with_a_wrong_setting_is_refused_at_its_field(client, wrong, field):
    make_server("first")

    answer = client.post(reverse("sru:new"), {**VALUES, **wrong})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert SruServer.objects.count() == 1


def test_server_is_changed(client, server):
    client.post(reverse("sru:server", args=[server.pk]), {**VALUES, "enabled": ""})

    server.refresh_from_db()
    assert (server.name, server.enabled) == ("省图", False)


def names():
    return list(SruServer.objects.order_by("position", "pk").values_list("name", flat=True))


def test_servers_change_places(client):
    servers = [make_server(name, position=7) for name in ("a", "b", "c")]

    client.post(reverse("sru:move", args=[servers[2].pk]), {"up": "1"})
    assert names() == ["a", "c", "b"]
    client.post(reverse("sru:move", args=[servers[0].pk]), {"down": "1"})
    assert names() == ["c", "a", "b"]
    client.post(reverse("sru:move", args=[servers[1].pk]), {"down": "1"})
    assert names() == ["c", "a", "b"]


def test_server_is_removed(client, server):
    client.post(reverse("sru:remove", args=[server.pk]))

    assert names() == []


def test_public_servers_are_added_once_and_out_of_use(client):
    for _time in range(2):
        client.post(reverse("sru:public"))

    assert len(names()) == len(set(names())) == 3
    assert not SruServer.objects.filter(enabled=True).exists()


def test_test_button_tells_what_came(client, server):
    asked = {"isbn": "9787534612343", "name": "harry potter"}

    page = client.post(reverse("sru:test", args=[server.pk]), asked).content.decode()

    assert re.search(r"ISBN：\d+ 毫秒后返回 1 条记录", page)
    assert "MARC 21" in page


def test_test_button_tells_what_failed(client):
    server = make_server(url="http://127.0.0.1:1/")

    page = client.post(reverse("sru:test", args=[server.pk]), {"isbn": "9787534612343"}).content.decode()

    assert "无法连接" in page


def test_administrator_sets_servers_up_and_looks_nothing_up(client):
    office = signed_in(Role.ADMINISTRATOR)

    assert office.get(reverse("sru:overview")).status_code == 200
    assert office.get(reverse("sru:lookup")).status_code == 403


def test_only_the_page_that_begins_with_the_isbn_puts_the_cursor_there(client, server):
    assert " autofocus" in ask(client).content.decode()
    assert " autofocus" not in client.get(reverse("sru:server", args=[server.pk])).content.decode()
