"""A script typed into any text of the library stays text: on every page, in the desk's pieces, on what is printed."""

import json
import re
import uuid

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse

from library_site.models import School
from readers.models import Reader
from tests.security.conftest import addresses, existing_objects

# Short, since many fields are: what is left of it after a cut still opens a tag.
EVIL = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>"
RAW = re.compile(r"""['"]><(?:img|script)|<img src=x|<script>alert""")
SHORTEST = 8
OURS = ("library_site", "readers", "catalog", "circulation", "activities", "reports")
# Not typed by anybody, or read by the program rather than shown.
KEPT = {"username", "barcode", "password"}


def text_fields(model: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.primary_key
        and field.name not in KEPT
        and not field.name.startswith("pgh_")
        and (field.max_length or SHORTEST) >= SHORTEST
    ]


def poison() -> set[str]:
    """Writes the script into every text of every row, as far as the database's own rules let it; the fields' names."""
    done = set()
    for model in [model for label in OURS for model in apps.get_app_config(label).get_models()]:
        for field in text_fields(model):
            for pk in model._base_manager.values_list("pk", flat=True)[:20]:
                text = f"{EVIL}{pk}"[: field.max_length]
                try:
                    with transaction.atomic(), connection.cursor() as cursor:
                        cursor.execute("SET LOCAL library.retention = 'on'")
                        model._base_manager.filter(pk=pk).update(**{field.name: text})
                    done.add(f"{model.__name__}.{field.name}")
                except DatabaseError:
                    continue
    return done


@pytest.fixture
def poisoned(world, everyone):
    done = poison()
    assert {"School.name", "Reader.name", "Title.name", "Location.name", "User.name", "Grade.name"} <= done
    return everyone


def texts(answer) -> str:
    """What an answer shows: of JSON the pieces that a page puts in as HTML."""
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming or not kind.startswith(("text/", "application/json")):
        return ""
    body = answer.content.decode()
    if kind.startswith("application/json"):
        return "\n".join(value for value in strings(json.loads(body)) if "<" in value)
    return body


def strings(value) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for each in value.values() for text in strings(each)]
        case list():
            return [text for each in value for text in strings(each)]
    return []


def test_script_in_any_text_is_shown_as_text_on_every_page(poisoned):
    all_models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    objects = existing_objects(all_models)
    shown, wrong = set(), {}
    for name, url in addresses(objects):
        page = texts(poisoned.get(url))
        if "&lt;img" in page:
            shown.add(name)
        if found := RAW.search(page):
            wrong[name] = page[max(0, found.start() - 200) : found.end() + 80]

    assert wrong == {}
    assert {"home", "catalog:title", "circulation:out", "readers:reader", "options"} <= shown


def test_script_typed_into_a_search_is_shown_as_text(poisoned):
    for name, url in addresses({}):
        names = ("q", "search", "text", "name", "code", "class", "page", "sheet", "location", "status", "clc")
        page = texts(poisoned.get(url, dict.fromkeys(names, EVIL)))
        assert not RAW.search(page), name


def test_script_in_names_is_text_in_the_pieces_of_the_desk(poisoned):
    seen = ""
    reader = Reader.objects.get(cards__barcode="T0001").pk
    for code in ("T0001", "B0001", "B0002", "9999", EVIL):
        sent = {"scan_id": uuid.uuid4(), "code": code, "reader": reader}
        answer = poisoned.post(reverse("circulation:scan"), sent, headers={"X-Desk": "1"})
        assert answer.status_code < 400
        seen += texts(answer)

    assert not RAW.search(seen)
    assert "&lt;img" in seen
    assert School.objects.get().name.startswith(EVIL[:8])
