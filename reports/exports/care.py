"""The register of room care as a sheet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from library_site.shared.spreadsheets import Column, Table
from reports.models import RoomCare


def care_table(lines: Iterable[RoomCare]) -> Table[RoomCare]:
    """The lines in their order."""
    columns = [
        Column[RoomCare](_("Date"), lambda row: row.on),
        Column[RoomCare](_("Kind of care"), lambda row: row.get_kind_display()),
        Column[RoomCare](_("Room"), lambda row: row.room.name if row.room else _("All rooms"), 20),
        Column[RoomCare](_("Done by"), lambda row: row.done_by),
        Column[RoomCare](_("What was found"), lambda row: row.found, 50),
    ]
    return Table(_("Register of room care"), columns, lines)
