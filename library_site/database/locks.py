"""Locks between processes, held on an open file: they vanish with the process that holds them."""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

# On Windows a lock covers bytes: one who shares takes one byte, one who excludes takes all of them.
SHARERS = 4096


class FileLock:
    """A lock on `path` that many can share or one can hold alone."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def share(self) -> None:
        """Waits until nobody holds it alone."""
        _share(self._descriptor)

    def exclude(self, *, wait: bool = True) -> bool:
        """Takes it alone, turning an own share into it; without `wait` answers False when others hold it."""
        return _exclude(self._descriptor, wait=wait)

    def release(self) -> None:
        _release(self._descriptor)
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        self.exclude()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt
    import time

    def _take(descriptor: int, start: int, count: int) -> bool:
        os.lseek(descriptor, start, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, count)
        except OSError:
            return False
        return True

    def _share(descriptor: int) -> None:
        slot = os.getpid() % SHARERS
        while not _take(descriptor, slot, 1):
            slot = (slot + 1) % SHARERS
            time.sleep(0.01)

    def _exclude(descriptor: int, *, wait: bool) -> bool:
        _release(descriptor)
        while not _take(descriptor, 0, SHARERS):
            if not wait:
                return False
            time.sleep(0.05)
        return True

    def _release(descriptor: int) -> None:
        for start, count in [(0, SHARERS), *((slot, 1) for slot in range(SHARERS))]:
            os.lseek(descriptor, start, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_UNLCK, count)
            except OSError:
                continue
            return

else:
    import fcntl

    def _share(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_SH)

    def _exclude(descriptor: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
