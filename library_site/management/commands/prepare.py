"""`manage.py prepare`: everything between a fresh clone and the first page. `serve` and `demo` run it at each start.

`manage.py` compiles the translations before it. Steps that find nothing to do cost next to nothing. Progress goes to
stderr; stdout holds what is to be shown together with the address when the pages are up.
"""

import argparse
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from catalog.models import Title
from catalog.operations.search_index import index_titles
from library_site.backup.restoring import settle
from library_site.backup.server import Server
from library_site.demo import loader
from library_site.serving import collected, reference

SCALE = ("readers", "copies", "loans")


class Command(BaseCommand):
    help = "Compiles, migrates, loads reference data and collects static files, as far as needed."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo school where the database is empty")
        for scale in SCALE:
            parser.add_argument(f"--{scale}", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        settle(server=Server.current())
        self._migrate()
        self._classify()
        self._collect()
        if options["demo"]:
            self._demo({name: options[name] for name in SCALE})
        self.index_waiting_titles()

    def _say(self, chinese: str, english: str) -> None:
        self.stderr.write(f"  {chinese}  {english}")
        self.stderr.flush()

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("建立或更新数据表…", "Creating or updating tables …")
            call_command("migrate", interactive=False, verbosity=0)

    def _classify(self) -> None:
        if not reference.is_current():
            self._say("载入《中图法》分类表…", "Loading the classification …")
            reference.load()

    def _collect(self) -> None:
        if not collected.is_current():
            self._say("整理页面文件…", "Collecting page files …")
            collected.collect()

    def index_waiting_titles(self) -> None:
        # Whoever writes many titles indexes them afterwards, and may have been interrupted in between.
        waiting = list(Title.objects.filter(search=None).values_list("pk", flat=True))
        if waiting:
            self._say("为书目建立检索…", "Indexing titles for the search …")
            index_titles(waiting)

    def _demo(self, scale: dict[str, int | None]) -> None:
        if not loader.is_loaded():
            self._say("装入演示学校…", "Loading the demo school …")
            loader.load(**scale, today=timezone.localdate())
        self.stdout.write("  演示账号  Accounts of the demo (role, account, password):")
        for role, account, password in loader.logins():
            self.stdout.write(f"    {role}  {account}  {password}")
