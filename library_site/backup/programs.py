"""PostgreSQL's own programs for dumps: those shipped with us, or of the machine, whichever fits the server."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from library_site.backup.problems import BackupProblem
from library_site.backup.server import Server
from library_site.database.binaries import program
from library_site.database.errors import DatabaseUnavailable

DEBIAN = Path("/usr/lib/postgresql")


def run(name: str, arguments: list[str], *, server: Server, major: int) -> None:
    """Runs `pg_dump` or `pg_restore` against the server. Refused: no fitting program, or one that fails."""
    done = subprocess.run(
        [str(fitting(name, major)), *arguments],
        env={**server.environment(), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        reason = next((line for line in done.stderr.splitlines() if "error" in line), done.stderr.strip())
        raise BackupProblem("program_failed", program=name, reason=reason)


def fitting(name: str, major: int) -> Path:
    """The program of the server's own version where there is one, else the oldest that is newer."""
    found = {_major(path): path for path in reversed(list(_installed(name)))}
    usable = sorted(version for version in found if version >= major)
    if not usable:
        raise BackupProblem("no_program", program=name, version=major)
    return found[usable[0]]


def _installed(name: str) -> Iterator[Path]:
    with suppress(DatabaseUnavailable):
        yield program(name)
    on_path = shutil.which(name)
    if on_path:
        yield Path(on_path)
    yield from sorted(DEBIAN.glob(f"*/bin/{name}"))


def _major(path: Path) -> int:
    """The major version that the program says it has; 0 where it does not run."""
    try:
        told = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    match = re.search(r"\) (\d+)", told)
    return int(match[1]) if match else 0
