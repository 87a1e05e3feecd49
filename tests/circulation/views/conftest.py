"""A desk as the page drives it: scans posted one after the other."""

import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse


class DeskClient:
    """Posts what the page posts and keeps the reader that the last answer left open."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)
        self.reader = ""

    def post(self, name, **fields):
        values = {"scan_id": uuid4(), "at": "2026-10-12T04:20:00Z", "reader": self.reader or "", **fields}
        response = self.client.post(reverse(f"circulation:{name}"), values)
        answer = SimpleNamespace(status=response.status_code, **json.loads(response.content))
        if response.status_code == 200 and hasattr(answer, "reader"):
            self.reader = answer.reader
        return answer

    def scan(self, code, **fields):
        return self.post("scan", code=code, **fields)


@pytest.fixture(autouse=True)
def it_is_noon(library, time_machine):
    """Every page is asked at noon of the library's day, whatever day the tests run."""
    time_machine.move_to(library.noon)


@pytest.fixture
def desk(library):
    """The desk of a student helper."""
    return DeskClient(library.helper)


@pytest.fixture
def librarian_desk(library):
    return DeskClient(library.librarian)
