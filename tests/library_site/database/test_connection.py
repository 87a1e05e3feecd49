"""Which database a command gets."""

import socket
from urllib.parse import urlsplit

import pytest

from library_site.database import connection
from library_site.database.connection import DEMO_SUFFIX
from library_site.database.errors import DatabaseUnavailable
from tests.library_site.processes import data_folder, python

# The embedded server stands in for the administrator's.
ASK = """
import os, psycopg
from library_site.database import connection, embedded
own = connection.url_for(demo={demo})
given = embedded.ensure_running(database="school")
os.environ["DATABASE_URL"] = given
theirs = connection.url_for(demo={demo})
for url in (own, theirs):
    with psycopg.connect(url) as session:
        assert session.info.dbname in url
print(own, given, theirs)
"""


def _answers(*, demo: bool) -> list[str]:
    with data_folder() as folder:
        process = python(ASK.format(demo=demo), folder)
        output, error = process.communicate()
    assert process.returncode == 0, error
    return output.split()


def test_demo_never_gets_the_school_database() -> None:
    own, given, theirs = _answers(demo=True)
    assert urlsplit(own).path == f"/library{DEMO_SUFFIX}"
    assert theirs == f"{given}{DEMO_SUFFIX}"


def test_given_url_is_used_as_it_is() -> None:
    own, given, theirs = _answers(demo=False)
    assert urlsplit(own).path == "/library"
    assert theirs == given


@pytest.fixture
def dead_url(monkeypatch: pytest.MonkeyPatch) -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"postgresql://library:hidden@127.0.0.1:{probe.getsockname()[1]}/library"
    monkeypatch.setenv("DATABASE_URL", url)
    return url


def test_given_server_that_does_not_answer_is_refused_in_words(dead_url: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="does not answer") as refused:
        connection.check_given_server()
    assert "hidden" not in str(refused.value)
    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        connection.url_for(demo=True)


def test_given_server_older_than_needed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.check_given_server()
    monkeypatch.setattr(connection, "OLDEST_SERVER", 10_000_000)
    with pytest.raises(DatabaseUnavailable, match="too old"):
        connection.check_given_server()
