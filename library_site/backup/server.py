"""The database server as backups need it: our database's address, connections beside Django's, databases by name."""

import os
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import quote

import psycopg
from django.db import connection, connections
from psycopg import sql

from library_site.backup.problems import BackupProblem

LOCALE = "SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()"
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"


@dataclass(frozen=True)
class Server:
    """A database on a server, and who we are there."""

    host: str
    port: str
    user: str
    password: str
    database: str

    @classmethod
    def current(cls) -> Self:
        """The database that Django uses in this process."""
        given = connection.settings_dict
        return cls(*(str(given[name] or "") for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")))

    def named(self, database: str) -> "Server":
        return replace(self, database=database)

    def connect(self) -> psycopg.Connection:
        """A connection of its own, in autocommit."""
        return psycopg.connect(
            host=self.host or None,
            port=self.port or None,
            user=self.user or None,
            password=self.password or None,
            dbname=self.database,
            autocommit=True,
            connect_timeout=10,
        )

    def environment(self) -> dict[str, str]:
        """For PostgreSQL's programs: a password on a command line would be seen by everybody on the machine."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        given = {"PGHOST": self.host, "PGPORT": self.port, "PGUSER": self.user, "PGPASSWORD": self.password}
        return kept | {name: value for name, value in given.items() if value} | {"PGDATABASE": self.database}

    @property
    def url(self) -> str:
        account = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        port = f":{self.port}" if self.port else ""
        return f"postgresql://{account}{'@' if account else ''}{self.host}{port}/{quote(self.database, safe='')}"

    def exists(self) -> bool:
        with self.named("postgres").connect() as elsewhere:
            found = elsewhere.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone()
        return found is not None

    def create(self, *, like: "Server") -> None:
        """An empty database with the locale of `like`. Refused: an account that may not create databases."""
        with like.connect() as model:
            collation, characters = model.execute(LOCALE).fetchone() or ("C", "C")
        with self.named("postgres").connect() as elsewhere:
            if not (elsewhere.execute(MAY_CREATE).fetchone() or (False,))[0]:
                raise BackupProblem("may_not_create", user=self.user)
            elsewhere.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}").format(
                    sql.Identifier(self.database), sql.Literal(collation), sql.Literal(characters)
                )
            )

    def drop(self) -> None:
        with self.named("postgres").connect() as elsewhere:
            elsewhere.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.database)))

    def others(self) -> int:
        """How many connections this database has."""
        with self.named("postgres").connect() as elsewhere:
            return int((elsewhere.execute(OTHERS, [self.database]).fetchone() or (0,))[0])

    def swap(self, *, new: "Server", old: "Server") -> None:
        """`new` takes our name and ours becomes `old`, both or neither. Refused: a database in use."""
        with self.named("postgres").connect() as elsewhere, elsewhere.transaction():
            try:
                elsewhere.execute(_rename(self.database, old.database))
                elsewhere.execute(_rename(new.database, self.database))
            except psycopg.errors.ObjectInUse:
                raise BackupProblem("in_use") from None


def leave_database() -> None:
    """Closes this process's connections of Django, so that the database can be renamed."""
    connections.close_all()
    for each in connections.all(initialized_only=True):
        each.close_pool()  # type: ignore[attr-defined]


def _rename(name: str, wanted: str) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(wanted))
