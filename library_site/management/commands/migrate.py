"""Django's `migrate`, which here takes a backup first wherever there is something to lose."""

import os
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from library_site.backup import shelf
from library_site.backup.making import make_backup
from library_site.backup.problems import BackupProblem
from library_site.backup.server import Server


class Command(migrate.Command):
    """Refuses to migrate where the backup fails. `--without-backup` or `LIBRARY_MIGRATE_WITHOUT_BACKUP=1` skips it."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        skip = os.environ.get("LIBRARY_MIGRATE_WITHOUT_BACKUP") == "1"
        parser.add_argument("--without-backup", action="store_true", default=skip, help="there is a backup already")

    def handle(self, *args: Any, **options: Any) -> None:
        looks_only = options["plan"] or options["check_unapplied"]
        if not (looks_only or options["without_backup"]) and _something_to_lose(named=bool(options["app_label"])):
            self._back_up()
        super().handle(*args, **options)

    def _back_up(self) -> None:
        try:
            path = make_backup(server=Server.current(), kind=shelf.UPDATE, at=timezone.now(), wait=True)
        except BackupProblem as problem:
            raise CommandError(f"{problem}\nLIBRARY_MIGRATE_WITHOUT_BACKUP=1") from problem
        self.stderr.write("  " + _("Backup before the update: %(file)s") % {"file": path})


def _something_to_lose(*, named: bool) -> bool:
    """Whether a school is there and its tables are about to change; a migration asked for by name may lead back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('library_site_school')")
        if cursor.fetchone()[0] is None:
            return False
        cursor.execute("SELECT EXISTS (SELECT FROM library_site_school)")
        if not cursor.fetchone()[0]:
            return False
    executor = MigrationExecutor(connection)
    return named or bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
