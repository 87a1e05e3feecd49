"""`manage.py restore FILE [--yes]`: a backup in the place of what is there. Refused while the library is served."""

import argparse
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from library_site.backup.manifest import Manifest
from library_site.backup.problems import BackupProblem
from library_site.backup.restoring import check_restorable, is_served, restore
from library_site.backup.server import Server


class Command(BaseCommand):
    help = "Restores a backup, after a safety backup of what is there. Stop the library first."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        # Only for the parent of the running pages, which has stopped them.
        parser.add_argument("--by-supervisor", default=None, metavar="ACCOUNT", help=argparse.SUPPRESS)

    def handle(self, *args: Any, file: Path, yes: bool, by_supervisor: str | None, **options: Any) -> None:
        began = time.monotonic()
        path = file.expanduser().resolve()
        try:
            if by_supervisor is None and is_served():
                raise BackupProblem("in_use")
            if not path.is_file():
                raise CommandError(_("There is no file %(file)s.") % {"file": path})
            if not yes:
                self._ask(check_restorable(path, server=Server.current()))
            safety = restore(path, server=Server.current(), at=timezone.now(), by=by_supervisor or "")
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        if safety:
            self.stdout.write(_("What was there before is kept in %(file)s") % {"file": safety})
        self.stdout.write(_("Restored in %(seconds)s s.") % {"seconds": f"{time.monotonic() - began:.1f}"})

    def _ask(self, manifest: Manifest) -> None:
        told = {
            "school": manifest.school,
            "at": f"{timezone.localtime(manifest.at):%Y-%m-%d %H:%M}",
            "rows": manifest.rows,
        }
        self.stdout.write(_("Backup of %(school)s, %(at)s, %(rows)s rows.") % told)
        self.stdout.write(_("Everything entered since then is replaced. Type the name of the school to go on:"))
        if input().strip() != manifest.school:
            raise CommandError(_("Nothing was changed."))
