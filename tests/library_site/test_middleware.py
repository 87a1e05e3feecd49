"""What every answer carries."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.site import make_school

pytestmark = pytest.mark.django_db


def test_every_answer_says_how_long_it_took(client: Client):
    make_school()

    assert re.fullmatch(r"app;dur=\d+\.\d", client.get(reverse("login")).headers["Server-Timing"])
