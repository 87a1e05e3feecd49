"""What a backup says about itself, and the seal by which an installation knows its own."""

import hmac
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

import psycopg
from django.conf import settings
from django.utils.crypto import salted_hmac
from psycopg import sql

FORMAT = 1
# Of the moment only: logins must not come back to life, nor jobs run a second time.
LEFT_OUT = ("django_session", "procrastinate_*")
# As text is what a person would compare; these make the text the same everywhere.
PLAIN_TEXT = "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL bytea_output = 'hex'"
TABLES = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
    AND relname <> 'django_session' AND relname NOT LIKE 'procrastinate\\_%' ORDER BY relname
"""
# Sixty bits of each row's hash, added up: no matter in which order the rows lie.
CONTENT = "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text FROM {} t"


@dataclass(frozen=True)
class Table:
    rows: int
    sum: str


@dataclass(frozen=True)
class Member:
    """A file inside the backup."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    format: int
    application: str
    made_at: str
    kind: str
    by: str
    school: str
    database: str
    postgresql: int
    migrations: list[list[str]]
    tables: dict[str, Table]
    files: dict[str, Member]

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def uploads(self) -> int:
        return sum(name.startswith("uploads/") for name in self.files)

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()


def from_bytes(content: bytes) -> Manifest:
    """Raises ValueError, TypeError or KeyError where the content is no manifest."""
    values = json.loads(content)
    values["tables"] = {str(name): Table(**table) for name, table in values["tables"].items()}
    values["files"] = {str(name): Member(**member) for name, member in values["files"].items()}
    manifest = Manifest(**values)
    if manifest.at.tzinfo is None:
        raise ValueError("a time without its zone")
    return manifest


def seal(content: bytes) -> str:
    """What only this installation can write under a manifest: its secret key stands behind it."""
    return salted_hmac("library_site.backup", content, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def is_sealed(content: bytes, given: str) -> bool:
    return hmac.compare_digest(seal(content), given)


def tables_of(connection: psycopg.Connection) -> dict[str, Table]:
    """Rows and content of every table, inside the caller's transaction."""
    for statement in PLAIN_TEXT.split(";"):
        connection.execute(statement)
    names = [name for (name,) in connection.execute(TABLES).fetchall()]
    return {name: _content(connection, name) for name in names}


def _content(connection: psycopg.Connection, name: str) -> Table:
    rows, content = connection.execute(sql.SQL(CONTENT).format(sql.Identifier(name))).fetchone() or (0, "0")
    return Table(rows, content)


def difference(one: dict[str, Table], other: dict[str, Table]) -> str:
    """The first table that is not the same in both; empty where all are."""
    names: Iterable[str] = sorted(one.keys() | other.keys())
    return next((name for name in names if one.get(name) != other.get(name)), "")
