"""`DATABASE_URL`: given by the administrator, or that of the embedded server, started or attached to on demand."""

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from library_site.database.errors import DatabaseUnavailable

if TYPE_CHECKING:
    import psycopg

DATABASE = "library"
DEMO_SUFFIX = "_demo"
OLDEST_SERVER = 150000


def is_given() -> bool:
    """Whether the administrator named a server."""
    return bool(os.environ.get("DATABASE_URL"))


def ensure_database() -> str:
    """Returns the database's URL; starts or attaches to the embedded server where `DATABASE_URL` is not set.

    Also sets `DATABASE_URL` in this process's environment, which is where settings and child processes read it.
    The database's name comes from `LIBRARY_DATABASE` (default `library`).
    """
    url = url_for(demo=False)
    os.environ["DATABASE_URL"] = url
    return url


def url_for(*, demo: bool) -> str:
    """The URL of the school's database or of the demo's, which is always another one, created where missing."""
    given = os.environ.get("DATABASE_URL")
    if given:
        return _beside(given) if demo else given
    from library_site.database import embedded

    name = os.environ.get("LIBRARY_DATABASE", DATABASE)
    return embedded.ensure_running(database=name + DEMO_SUFFIX if demo else name)


def _beside(url: str) -> str:
    """A database of its own on the administrator's server."""
    from library_site.database.embedded import create_database

    parts = urlsplit(url)
    name = (parts.path.lstrip("/") or DATABASE) + DEMO_SUFFIX
    with _connect(url) as connection:
        create_database(connection, name)
    return parts._replace(path=f"/{name}").geturl()


def check_given_server() -> None:
    """Refuses by `DatabaseUnavailable` a `DATABASE_URL` whose server does not answer or is too old."""
    with _connect(os.environ["DATABASE_URL"]) as connection:
        version = connection.info.server_version
    if version < OLDEST_SERVER:
        raise DatabaseUnavailable(
            f"数据库版本太旧（{version // 10000}），需要 PostgreSQL 15 以上。",
            f"The database is too old ({version // 10000}): PostgreSQL 15 or newer is needed.",
        )


def _connect(url: str) -> "psycopg.Connection":
    import psycopg

    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise DatabaseUnavailable(
            f"无法连接 DATABASE_URL 指定的数据库：{error}", f"The database of DATABASE_URL does not answer: {error}"
        ) from None
