"""The same races over HTTP: desks with sessions of their own post to a running server at the same moment."""

import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from circulation.models import Loan
from circulation.models.loans import OPEN
from library_site.models import Role
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 200
LIMIT = 5


class Desk:
    """A logged-in browser of one desk, as far as posting goes."""

    def __init__(self, url):
        client = Client()
        client.force_login(make_user(Role.HELPER))
        token = "t" * 32
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.address = urlsplit(url).netloc
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
            "X-CSRFToken": token,
        }

    def lend(self, copy, reader):
        body = urlencode({"scan_id": uuid4(), "copy": copy.pk, "reader": reader.pk})
        connection = HTTPConnection(self.address, timeout=60)
        connection.request("POST", "/desk/lend/", body, self.headers)
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer["tone"]


@pytest.fixture
def open_library(db):
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=LIMIT)
    make_policy("teacher", max_loans=500)


def at_once(acts):
    barrier = threading.Barrier(len(acts))

    def run(act):
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


def test_two_desks_and_one_copy_leave_one_open_loan_each_time(live_server, open_library):
    desks = [(Desk(live_server.url), make_reader(category="teacher")) for _number in range(2)]
    for _try in range(TRIES):
        copy = make_copy()
        acts = [lambda desk=desk, reader=reader, copy=copy: desk.lend(copy, reader) for desk, reader in desks]
        assert at_once(acts) == {"lent": 1, "refused": 1}
    assert Loan.objects.filter(OPEN).count() == Loan.objects.count() == TRIES


def test_twenty_posts_at_once_stop_at_the_limit(live_server, open_library):
    reader, desk = make_reader(), Desk(live_server.url)
    acts = [lambda copy=copy: desk.lend(copy, reader) for copy in [make_copy() for _number in range(20)]]
    assert at_once(acts) == {"lent": LIMIT, "refused": 20 - LIMIT}
    assert Loan.objects.filter(OPEN, reader=reader).count() == LIMIT
