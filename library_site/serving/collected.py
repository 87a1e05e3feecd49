"""The folder of hashed and compressed static files that the pages are served from."""

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from library_site.database.locks import FileLock
from library_site.paths import STATIC_COLLECTED

STAMP = STATIC_COLLECTED / ".collected"


def is_current() -> bool:
    """Whether the folder was made from the files that are there now."""
    return STAMP.exists() and STAMP.read_text(encoding="ascii") == _fingerprint()


def collect() -> None:
    """Fills the folder. Files of earlier versions stay: pages that are still open ask for them."""
    STATIC_COLLECTED.mkdir(exist_ok=True)
    with FileLock(STATIC_COLLECTED / ".lock"):
        call_command("collectstatic", interactive=False, verbosity=0)
        STAMP.write_text(_fingerprint(), encoding="ascii")


def _fingerprint() -> str:
    return hashlib.sha256("\n".join(_sources()).encode()).hexdigest()


def _sources() -> Iterator[str]:
    yield settings.STORAGES["staticfiles"]["BACKEND"]
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = storage.path(name)
            yield f"{name} {storage.size(name)} {storage.get_modified_time(name).timestamp()} {path}"
