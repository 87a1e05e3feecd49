"""What was set aside by an exception, in words: the codes that circulation keeps of the rules it overrode."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OVERRIDES: dict[str, Promise] = {
    "after_recall": _("lent past the recall date"),
    "box_full": _("box fuller than it holds"),
    "copy_not_on_shelf": _("book was recorded as away"),
    "held_for_other": _("set aside for another reader"),
    "in_room_only": _("for use in the room only"),
    "limit_reached": _("over the limit"),
    "overdue": _("something overdue"),
    "owes": _("money owed"),
    "reader_blocked": _("blocked by a note"),
    "recall": _("renewed past the recall date"),
    "renewal_limit": _("renewed more often than allowed"),
    "renewal_overdue": _("renewed although overdue"),
    "reservation_limit": _("over the limit of reservations"),
    "reserved": _("reserved by others"),
    "suspended": _("suspended"),
}


def overrides_in_words(codes: Iterable[str]) -> str:
    """The rules that were set aside; a code without words here stands for itself."""
    return ", ".join(str(OVERRIDES.get(code, code)) for code in codes)
