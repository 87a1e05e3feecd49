"""Real processes on data folders of their own, for the tests of what starts and ends them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TypeVar

import psutil

from library_site.paths import BASE_DIR

# A machine that runs other things beside the tests may be slow; nobody waits longer than needed.
PATIENCE_SECONDS = 180
T = TypeVar("T")


@contextmanager
def data_folder(name: str = "data") -> Iterator[Path]:
    """A folder that PostgreSQL's own account can reach, which pytest's `tmp_path` is not; gone afterwards."""
    root = Path(mkdtemp(prefix="library-test-"))
    root.chmod(0o711)
    folder = root / name
    try:
        yield folder
    finally:
        end_all(server_processes(folder))
        cluster_home = (folder / "postgresql").resolve()
        rmtree(root)
        # Where PostgreSQL's account could not reach the folder, the cluster lies elsewhere.
        rmtree(cluster_home, ignore_errors=True)


def environment(folder: Path) -> dict[str, str]:
    outside = {"DATABASE_URL", "LIBRARY_DATABASE", "LIBRARY_ALLOWED_HOSTS"}
    kept = {name: value for name, value in os.environ.items() if name not in outside}
    return kept | {"LIBRARY_DATA_DIR": str(folder), "PYTHONPATH": str(BASE_DIR)}


def python(code: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def wait_for(answer: Callable[[], T], *, what: str) -> T:
    """The first true answer."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not (result := answer()):
        assert time.monotonic() < give_up, f"waited in vain for {what}"
        time.sleep(0.02)
    return result


def server_processes(folder: Path) -> list[psutil.Process]:
    """PostgreSQL's processes on the cluster of this data folder, orphans included."""
    cluster = (folder / "postgresql").resolve() / "cluster"
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.name().startswith("postgres") and Path(process.cwd()) == cluster:
                found.append(process)
    return found


def end_all(processes: Iterable[psutil.Process]) -> None:
    remaining = list(processes)
    for process in remaining:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(remaining, timeout=PATIENCE_SECONDS)
