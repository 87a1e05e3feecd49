"""What every page owes to people who use it by keyboard or by ear; each new page is walked from its first day."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from library_site.access import ACCESS
from library_site.models import Role
from tests.conventions.test_access import read_to_its_end
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

UNLABELLED_TYPES = {"hidden", "submit", "button"}


class Outline(HTMLParser):
    """The parts of a page that assistive technology goes by."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lang, self.title = "", ""
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.fields: list[dict[str, str]] = []
        self.labelled: set[str] = set()
        self.references: set[str] = set()
        self.inline: list[str] = []
        self.images_without_text: list[str] = []
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._inside.append(tag)
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag == "h1":
            self.headings.append(tag)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "label":
            self.labelled.add(values.get("for", ""))
        if tag in {"input", "select", "textarea"} and values.get("type") not in UNLABELLED_TYPES:
            self.fields.append({**values, "inside": "label" if "label" in self._inside else ""})
        if tag == "img" and "alt" not in values:
            self.images_without_text.append(values.get("src", ""))
        self.inline += [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            self.references |= set(values.get(name, "").split())

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] == "title":
            self.title += data

    def unlabelled(self) -> list[str]:
        return [
            field.get("name", field.get("id", "?"))
            for field in self.fields
            if not (field["inside"] or field.get("aria-label") or field.get("aria-labelledby"))
            and field.get("id") not in self.labelled
        ]


def pages() -> list[str]:
    """Every URL name that needs no argument."""
    found = []
    for name in ACCESS:
        try:
            reverse(name)
        except NoReverseMatch:
            continue
        found.append(name)
    return found


@pytest.fixture
def library(db):
    make_school()
    make_school_year()
    make_reader(school_class=make_class(), card="T0001")
    make_copy()
    make_policy()
    make_opening_hours()


@pytest.fixture
def everyone(library, settings) -> Client:
    """Logged in with every role, so that every page opens."""
    settings.DEBUG = True
    client = Client()
    client.force_login(make_user(*Role.values))
    return client


def faults(page: str) -> list[str]:
    """What is wrong with a page, in words."""
    outline = Outline(page)
    checks = {
        "its language is not said": outline.lang == translation.get_language(),
        "it has no title": bool(outline.title.strip(" ·\n")),
        f"it has {len(outline.headings)} h1": len(outline.headings) == 1,
        f"no label at {outline.unlabelled()}": outline.unlabelled() == [],
        "an id is used twice": len(outline.ids) == len(set(outline.ids)),
        f"nothing has the id {outline.references - set(outline.ids)}": outline.references <= set(outline.ids),
        f"no text for {outline.images_without_text}": outline.images_without_text == [],
        f"the content policy forbids {outline.inline}": outline.inline == [],
    }
    return [fault for fault, holds in checks.items() if not holds]


def is_page(answer) -> bool:
    """Not a download, a redirect, a part of a page, or an address that only takes what is sent to it."""
    return answer.status_code == 200 and b"<html" in getattr(answer, "content", b"")


def test_every_page_can_be_used_by_keyboard_and_by_ear(everyone):
    answers = {name: everyone.get(reverse(name)) for name in pages()}
    found = {name: faults(answer.content.decode()) for name, answer in answers.items() if is_page(answer)}
    for answer in answers.values():
        read_to_its_end(answer)
    assert {"home", "style", "circulation:desk"} <= set(found)
    assert {name: list_of_faults for name, list_of_faults in found.items() if list_of_faults} == {}


def test_login_page_can_be_used_by_keyboard_and_by_ear(library, client):
    assert faults(client.get(reverse("login")).content.decode()) == []
    assert faults(client.post(reverse("login"), {"username": "x", "password": ""}).content.decode()) == []


def test_first_start_can_be_used_by_keyboard_and_by_ear(db, client):
    assert faults(client.get(reverse("first_start")).content.decode()) == []
    assert faults(client.post(reverse("first_start"), {}).content.decode()) == []


def test_outline_finds_what_it_looks_for():
    """The walker itself: a page that does everything wrong."""
    page = """<html><title> · </title><h1>a</h1><h1>b</h1><input name="q" id="x"><p id="x" style="color:red"></p>
    <img src="cover.png"><input aria-describedby="gone" aria-label="ok"></html>"""
    assert len(faults(page)) == 8
