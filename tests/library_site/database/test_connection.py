"""Which database a command gets."""

from urllib.parse import urlsplit

from library_site.database.connection import DEMO_SUFFIX
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
