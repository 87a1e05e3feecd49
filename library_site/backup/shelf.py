"""The backups that are kept: their names, which there are, and how many of each kind stay."""

import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library_site.backup import archive, notes
from library_site.backup.manifest import Manifest
from library_site.backup.problems import BackupProblem
from library_site.database.locks import FileLock

MANUAL, DAILY, UPDATE, RESTORE, UPLOADED = "manual", "daily", "update", "restore", "uploaded"
# How many of each stay: old backups hold readers whom the library has since forgotten.
KEPT = {MANUAL: 10, DAILY: 14, UPDATE: 5, RESTORE: 5, UPLOADED: 3}
KINDS = {
    MANUAL: _("made by hand"),
    DAILY: _("daily"),
    UPDATE: _("before an update"),
    RESTORE: _("before a restore"),
    UPLOADED: _("brought in"),
}
A_MOMENT_SECONDS = 0.5
SUFFIX = ".backup.zip"
_NAME = re.compile(r"(?P<database>.+)-(?P<stamp>\d{8}-\d{6})-(?P<kind>[a-z]+)-[0-9a-f]{4}\.backup\.zip")


@dataclass(frozen=True)
class Backup:
    """A file on the shelf. `manifest` is None where the file cannot be read; `problem` says why."""

    path: Path
    kind: str
    manifest: Manifest | None
    problem: str
    own: bool
    checked: dict[str, Any] | None

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def may_be_restored(self) -> bool:
        """By the page, which is on the network: a file that others wrote could hold commands for the database."""
        return self.manifest is not None and self.own

    @property
    def kind_text(self) -> str:
        return str(KINDS.get(self.kind, self.kind))

    @property
    def checked_at(self) -> datetime | None:
        return datetime.fromisoformat(self.checked["at"]) if self.checked else None


def new_name(database: str, kind: str, at: datetime) -> str:
    return f"{database}-{timezone.localtime(at):%Y%m%d-%H%M%S}-{kind}-{secrets.token_hex(2)}{SUFFIX}"


def backups(database: str) -> list[Backup]:
    """Those of this database, the newest first."""
    return [_backup(path, kind) for path, kind in reversed(_files(database))]


def find(database: str, name: str) -> Backup | None:
    """The backup of that file name; a name is looked up among those that are there, never opened as a path."""
    return next((_backup(path, kind) for path, kind in _files(database) if path.name == name), None)


def last_day(database: str) -> datetime | None:
    """When the newest readable backup of this database was made; None where there is none. Opens no older one."""
    newest_first = (_backup(path, kind) for path, kind in reversed(_files(database)))
    return next((each.manifest.at for each in newest_first if each.manifest), None)


def note_checked(path: Path, *, at: datetime, seconds: float) -> None:
    """Remembers that the file was restored for a trial and came out the same."""
    notes.write(f"{path.name}.checked", {"at": at.isoformat(), "seconds": round(seconds, 1)})


def tidy(database: str) -> None:
    """Deletes what is beyond `KEPT`, the oldest first, and what an interrupted backup left."""
    by_kind: dict[str, list[Path]] = {}
    for path, kind in _files(database):
        by_kind.setdefault(kind, []).append(path)
    for kind, paths in by_kind.items():
        for path in paths[: -KEPT.get(kind, 5)]:
            path.unlink()
            notes.remove(f"{path.name}.checked")
    for left in notes.folder().glob(".part-*"):
        left.unlink()


@contextmanager
def at_work(*, wait: bool = False) -> Iterator[None]:
    """One backup or restore at a time on this data folder. Refused while another one is under way, or waits for it."""
    lock = FileLock(notes.folder() / ".lock")
    # Somebody may only be looking whether it is free.
    give_up = time.monotonic() + (0 if wait else A_MOMENT_SECONDS)
    while not lock.exclude(wait=wait):
        if time.monotonic() > give_up:
            lock.release()
            raise BackupProblem("busy")
        time.sleep(0.05)
    try:
        yield
    finally:
        lock.release()


def is_at_work() -> bool:
    """Whether a backup, a trial or a restore is under way in any process."""
    lock = FileLock(notes.folder() / ".lock")
    free = lock.exclude(wait=False)
    lock.release()
    return not free


def _files(database: str) -> list[tuple[Path, str]]:
    """(path, kind), the oldest first."""
    matches = ((path, _NAME.fullmatch(path.name)) for path in notes.folder().iterdir())
    found = [(path, match) for path, match in matches if match and match["database"] == database]
    # Two of the same second: by the order of writing.
    found.sort(key=lambda each: (each[1]["stamp"], each[0].stat().st_mtime_ns))
    return [(path, match["kind"]) for path, match in found]


def _backup(path: Path, kind: str) -> Backup:
    checked = notes.read(f"{path.name}.checked")
    try:
        return Backup(path, kind, archive.read_manifest(path), "", archive.is_own(path), checked)
    except (BackupProblem, OSError) as problem:
        return Backup(path, kind, None, str(problem), False, None)


def free_part() -> Path:
    """A name for a file that is being written; nobody else's."""
    return notes.folder() / f".part-{os.getpid()}-{secrets.token_hex(4)}"
