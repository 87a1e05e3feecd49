"""`manage.py load_demo [--readers N] [--copies N] [--loans N]`: the demo school, into an empty database."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from library_site.demo.loader import DatabaseNotEmpty, load, logins


class Command(BaseCommand):
    help = "Load a made-up school into an empty database, for trying out and for benchmarks."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--readers", type=int, help="readers present today (512)")
        parser.add_argument("--copies", type=int, help="copies (12,000)")
        parser.add_argument("--loans", type=int, help="loans, spread over past years (two semesters of a usual school)")

    def handle(self, *args: Any, **options: Any) -> None:
        scale = {key: options[key] for key in ("readers", "copies", "loans")}
        try:
            load(**scale, today=timezone.localdate())
        except DatabaseNotEmpty as refused:
            raise CommandError(str(refused)) from refused
        for _role, account, password in logins():
            self.stdout.write(f"{account} {password}")
