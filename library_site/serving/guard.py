"""Outlives a killed parent just long enough to end what it left. `Guard` is the parent's side, `main` the process.

The parent holds one end of a pipe, nobody else does: its end is the parent's end, however that came.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import IO

from library_site.paths import BASE_DIR

GRACE_SECONDS = 5.0


class Guard:
    """Names the process groups that must not outlive this process."""

    def __init__(self) -> None:
        self._groups: set[int] = set()
        self._process = self._launch()

    def watch(self, group: int, present: bool) -> None:
        """`present`: end this group with the parent; otherwise: it has ended already."""
        (self._groups.add if present else self._groups.discard)(group)
        self._tell(f"{'+' if present else '-'}{group}")

    def tend(self) -> None:
        """Replaces a guard that was killed."""
        if self._process.poll() is None:
            return
        self._process = self._launch()
        for group in self._groups:
            self._tell(f"+{group}")

    def end(self) -> None:
        """To be called when the groups have ended: the guard then has nothing to do."""
        with suppress(BrokenPipeError):
            self._pipe.close()
        self._process.wait()

    def _launch(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "library_site.serving.guard"],
            cwd=BASE_DIR,
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    @property
    def _pipe(self) -> IO[str]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _tell(self, line: str) -> None:
        # A dead guard is replaced by `tend`, which tells the new one everything.
        with suppress(BrokenPipeError):
            self._pipe.write(f"{line}\n")
            self._pipe.flush()


def main() -> None:
    groups: set[int] = set()
    for line in sys.stdin:
        (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    if not groups:
        return
    _end(groups)
    # The embedded server stays only if another process uses it.
    from library_site.database import embedded

    embedded.stop_if_unused()


def _end(groups: Iterable[int]) -> None:
    from library_site.serving.processes import kill_group

    if sys.platform != "win32":
        give_up = time.monotonic() + GRACE_SECONDS
        alive = [group for group in groups if _signal(group, signal.SIGTERM)]
        while alive and time.monotonic() < give_up:
            time.sleep(0.05)
            alive = [group for group in alive if _signal(group, 0)]
    for group in groups:
        kill_group(group)


def _signal(group: int, number: int) -> bool:
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number)
            return True
    return False


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)
    main()
