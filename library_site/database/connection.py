"""`DATABASE_URL`: given by the administrator, or that of the embedded server, started or attached to on demand."""

import os


def ensure_database() -> str:
    """Returns the database's URL; starts or attaches to the embedded server where `DATABASE_URL` is not set.

    Also sets `DATABASE_URL` in this process's environment, which is where settings and child processes read it.
    The database's name comes from `LIBRARY_DATABASE` (default `library`).
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    from library_site.database import embedded

    url = embedded.ensure_running(database=os.environ.get("LIBRARY_DATABASE", "library"))
    os.environ["DATABASE_URL"] = url
    return url
