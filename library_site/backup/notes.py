"""Small files beside the backups: what was done, what is under way, what the server's parent is asked. No Django here.

They lie outside the database on purpose: a restore must not forget that it happened.
"""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from library_site.paths import data_dir, make_data_dir

JOURNAL_SHOWN = 20


def folder() -> Path:
    """Where backups are kept, made where missing; for the library's own account only."""
    path = data_dir() / "backups"
    if not path.is_dir():
        make_data_dir()
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def write(name: str, content: Mapping[str, Any]) -> None:
    """Writes a note as a whole."""
    path = folder() / name
    draft = path.with_name(f"{name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read(name: str) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads((folder() / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content


def remove(name: str) -> None:
    (folder() / name).unlink(missing_ok=True)


def record(act: str, *, database: str, file: str, by: str = "", address: str = "", problem: str = "") -> None:
    """Adds a line to the journal of backups, which no restore takes back."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "act": act, "database": database, "file": file, "by": by, "address": address, "problem": problem,
    }  # fmt: skip
    descriptor = os.open(folder() / "journal.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file_:
        file_.write(json.dumps(line, ensure_ascii=False) + "\n")


def journal(*, database: str) -> list[dict[str, Any]]:
    """The latest lines about this database, newest first."""
    try:
        lines = (folder() / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    entries = [json.loads(line) for line in lines[-1000:]]
    return [entry for entry in reversed(entries) if entry["database"] == database][:JOURNAL_SHOWN]


REQUEST = "restore-request.json"


def ask_restore(path: Path, *, by: str, address: str) -> None:
    """Asks the parent of the running server to stop the pages, restore the file and start them again."""
    write(REQUEST, {"file": str(path), "by": by, "address": address})


def asked_restore() -> dict[str, Any] | None:
    return read(REQUEST)
