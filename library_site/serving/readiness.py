"""Whether the last preparation still holds, told without Django: then the pages open first and it is repeated after."""

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from library_site.paths import BASE_DIR, STATIC_COLLECTED, STATIC_SOURCE, data_dir

SOURCES = ("library_site", "readers", "catalog", "circulation", "activities", "reports", "static/site")
SUFFIXES = {".py", ".po", ".csv", ".json", ".css", ".js", ".svg"}


class Readiness:
    """What a preparation command left: its fingerprint, and the words to show with the address."""

    def __init__(self, command: Sequence[str]) -> None:
        name = hashlib.sha256("\0".join(command).encode()).hexdigest()[:12]
        self._path = data_dir() / "stamps" / f"prepared-{name}"

    def words(self) -> str | None:
        """The words, if nothing that goes into a preparation has changed since; else None."""
        try:
            noted = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        current = noted["fingerprint"] == _fingerprint() and (STATIC_COLLECTED / ".collected").exists()
        return str(noted["words"]) if current else None

    def note(self, words: str) -> None:
        self._path.parent.mkdir(exist_ok=True)
        self._path.write_text(json.dumps({"fingerprint": _fingerprint(), "words": words}), encoding="utf-8")


def _fingerprint() -> str:
    return hashlib.sha256("\n".join(_inputs()).encode()).hexdigest()


def _inputs() -> Iterator[str]:
    """Our own files by size and time, installed packages by name and version."""
    for path in [STATIC_SOURCE / "package.json", *_own_files()]:
        state = path.stat()
        yield f"{path} {state.st_size} {state.st_mtime_ns}"
    for folder in sys.path:
        yield from sorted(str(package) for package in Path(folder).glob("*.dist-info"))


def _own_files() -> list[Path]:
    folders = [BASE_DIR / source for source in SOURCES]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in SUFFIXES)
