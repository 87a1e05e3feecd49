"""`manage.py backup [--to FOLDER] [--check FILE]`: one file with the database and the uploads."""

import argparse
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from library_site.backup import shelf
from library_site.backup.making import make_backup
from library_site.backup.problems import BackupProblem
from library_site.backup.restoring import trial
from library_site.backup.server import Server


class Command(BaseCommand):
    help = "Backs up the database and the uploads into one file, or proves such a file by a trial restore."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="a disk's folder instead of the data folder")
        parser.add_argument("--check", type=Path, metavar="FILE", help="restore FILE on trial and compare every table")

    def handle(self, *args: Any, to: Path | None, check: Path | None, **options: Any) -> None:
        began = time.monotonic()
        try:
            path = self._check(check) if check else self._make(to)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        size, seconds = f"{path.stat().st_size / 1024**2:.1f}", f"{time.monotonic() - began:.1f}"
        self.stdout.write(_("%(file)s: %(size)s MB, %(seconds)s s") % {"file": path, "size": size, "seconds": seconds})

    def _make(self, to: Path | None) -> Path:
        return make_backup(server=Server.current(), kind=shelf.MANUAL, at=timezone.now(), to=to)

    def _check(self, path: Path) -> Path:
        if not path.is_file():
            raise CommandError(_("There is no file %(file)s.") % {"file": path})
        manifest = trial(path, server=Server.current(), at=timezone.now())
        counts = {"tables": len(manifest.tables), "rows": manifest.rows}
        self.stdout.write(_("Restored on trial: %(tables)s tables, %(rows)s rows, all the same.") % counts)
        return path
