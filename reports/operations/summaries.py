"""Writing the summary of a semester."""

from datetime import datetime

from library_site.audit import act
from library_site.models import User
from reports.models import Summary
from reports.rules.summary import KEYS, mark_of


class TextChanged(Exception):
    """Somebody else changed the section since it was shown; `text` is what it says now."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


def keep_section(
    *, semester_id: int, section: str, text: str, seen: str, by: User, at: datetime, address: str | None = None
) -> None:
    """Keeps what was written in a section; the others, and all that is counted, stay as they are.

    `seen` is the mark of the text that was shown (`mark_of`): refused by `TextChanged` if it says something else by
    now. An empty text takes the section's words away.
    """
    assert section in KEYS
    text = text.replace("\r\n", "\n").strip()
    with act("keep_summary_section", by=by, address=address):
        Summary.objects.get_or_create(semester_id=semester_id)
        summary = Summary.objects.select_for_update(no_key=True).get(semester_id=semester_id)
        now = summary.sections.get(section, "")
        if now == text:
            return
        if mark_of(now) != seen:
            raise TextChanged(now)
        summary.sections = {**summary.sections, section: text}
        summary.edited_at, summary.edited_by = at, by
        summary.save()
