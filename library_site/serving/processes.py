"""Child processes in groups of their own: a group is ended whole, and none outlives its parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from library_site.paths import BASE_DIR

BACKOFF_FIRST_SECONDS = 0.5
BACKOFF_LONGEST_SECONDS = 30.0
STEADY_SECONDS = 60.0


def spawn(
    command: Sequence[str], environment: Mapping[str, str], *, stdin: int | None = None, stdout: int | None = None
) -> subprocess.Popen[str]:
    """Starts `command` as the leader of a new process group."""
    return subprocess.Popen(
        command,
        cwd=BASE_DIR,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        stdout=stdout,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        # What they write (uploads) is for nobody else on this machine.
        umask=-1 if sys.platform == "win32" else 0o077,
        preexec_fn=_die_with_parent(),
    )


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel tells the child; elsewhere the guard does."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    set_parent_death_signal = 1
    return lambda: library.prctl(set_parent_death_signal, signal.SIGTERM)


def end(process: subprocess.Popen[str], *, within: float) -> None:
    """Asks the process to end; after `within` seconds ends it. What is left of its group goes at once."""
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(within)
    kill_group(process.pid)
    process.wait()


def kill_group(group: int) -> None:
    if sys.platform == "win32":
        with suppress(psutil.NoSuchProcess):
            leader = psutil.Process(group)
            for member in [*leader.children(recursive=True), leader]:
                member.kill()
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


@dataclass
class Service:
    """A process that is to run for as long as we do."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    on_group: Callable[[int, bool], None]
    process: subprocess.Popen[str] | None = None
    _backoff: float = BACKOFF_FIRST_SECONDS
    _started: float = 0.0
    _again_at: float = field(default=0.0)

    def start(self) -> None:
        self.process = spawn(self.command, self.environment)
        self._started = time.monotonic()
        self.on_group(self.process.pid, True)

    def tend(self) -> bool:
        """Ends what a dead process left and starts it anew, ever later while it keeps dying. True when restarted."""
        if self.process is not None:
            if self.process.poll() is None:
                return False
            self._plan_restart()
        if time.monotonic() < self._again_at:
            return False
        self.start()
        return True

    def end(self, *, within: float = 5.0) -> None:
        if self.process is not None:
            end(self.process, within=within)
            self.on_group(self.process.pid, False)
            self.process = None

    def _plan_restart(self) -> None:
        steady = time.monotonic() - self._started > STEADY_SECONDS
        self._backoff = BACKOFF_FIRST_SECONDS if steady else min(self._backoff * 2, BACKOFF_LONGEST_SECONDS)
        self._again_at = time.monotonic() + self._backoff
        self.end()
