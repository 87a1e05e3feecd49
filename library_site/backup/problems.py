"""Why a backup cannot be made, read or restored, in words for the page and the command."""

from typing import Any

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "busy": _("Another backup or restore is under way: wait until it has ended."),
    "no_program": _(
        "%(program)s for PostgreSQL %(version)s or newer was not found. Install PostgreSQL's client programs of that "
        "version so that %(program)s is on the PATH, or back up by the server's own tools."
    ),
    "program_failed": _("%(program)s failed: %(reason)s"),
    "no_folder": _("There is no folder %(folder)s. Is the disk plugged in?"),
    "no_space": _("Not enough free space: %(needed)s MB are needed on the disk."),
    "cannot_write": _("The backup cannot be written: %(reason)s"),
    "broken_file": _("The file is damaged, or no backup of this library."),
    "newer_format": _("The backup was made by a newer version (%(version)s): update the program first, then restore."),
    "newer_server": _(
        "The backup comes from PostgreSQL %(theirs)s, the server here is %(ours)s: restore it on PostgreSQL %(theirs)s "
        "or newer."
    ),
    "wrong_content": _("What came out of the backup differs from what went in: table %(table)s."),
    "may_not_create": _(
        "The database account may not create databases. The server's administrator can allow it: "
        "ALTER ROLE %(user)s CREATEDB;"
    ),
    "in_use": _("The library is running or its database is in use: stop it, then restore."),
    "migration_failed": _("The restored data could not be brought to this version: %(reason)s"),
    "not_served": _("Stop the server program, then restore at the computer itself: manage.py restore FILE"),
    "foreign": _(
        "The backup was not made by this installation, so the page does not restore it. At the computer itself: "
        "manage.py restore FILE"
    ),
}


class BackupProblem(Exception):
    """`code` names the reason, `str()` tells it in the current language."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code, self.params = code, params

    def __str__(self) -> str:
        return str(TEXTS[self.code]) % self.params
