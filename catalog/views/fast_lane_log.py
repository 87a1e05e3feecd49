"""What one login has entered in the fast lane, kept in its session: the last ten, and what stays filled in."""

from typing import Any, NamedTuple
from uuid import UUID

KEY = "fast_lane"
LAST = 10


class Entry(NamedTuple):
    scan_id: str
    copy_id: int
    made_title: bool


class LaneLog:
    """Reads and writes the session's part; of scans sent again it knows what they did."""

    def __init__(self, session: Any) -> None:
        self._session = session
        kept = session.get(KEY, {})
        self.lane: dict[str, str] = kept.get("lane", {})
        self.count: int = kept.get("count", 0)
        self._entries = [Entry(*entry) for entry in kept.get("entries", [])]  # the newest first
        self._undone: str = kept.get("undone", "")

    @property
    def copy_ids(self) -> list[int]:
        return [entry.copy_id for entry in self._entries]

    def keep_lane(self, lane: dict[str, str]) -> None:
        if lane != self.lane:
            self.lane = lane
            self._save()

    def of_scan(self, scan_id: UUID) -> int | None:
        """The copy that this scan entered, if it was sent before."""
        return next((entry.copy_id for entry in self._entries if entry.scan_id == str(scan_id)), None)

    def add(self, scan_id: UUID, copy_id: int, *, made_title: bool) -> None:
        self._entries = [Entry(str(scan_id), copy_id, made_title), *self._entries][:LAST]
        self.count += 1
        self._save()

    def to_undo(self, scan_id: UUID) -> Entry | None:
        """The last entry; None if there is none, or if this very request has undone one already."""
        return self._entries[0] if self._entries and self._undone != str(scan_id) else None

    def remove(self, entry: Entry, scan_id: UUID) -> None:
        self._entries.remove(entry)
        self._undone = str(scan_id)
        self.count = max(0, self.count - 1)
        self._save()

    def _save(self) -> None:
        self._session[KEY] = {
            "lane": self.lane,
            "count": self.count,
            "entries": self._entries,
            "undone": self._undone,
        }
