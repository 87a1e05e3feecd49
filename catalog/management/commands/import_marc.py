"""Imports titles and copies from MARC records."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from library_site.imports.command import ImportCommand
from library_site.imports.staging import choose_options
from library_site.models import ImportRun


class Command(ImportCommand):
    help = "Imports CNMARC or MARC 21 from ISO 2709 or MARCXML; the same file again changes nothing."
    kind = "marc"
    extra_counts = ("titles", "copies")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only say what would be done")
        parser.add_argument("--location", help="where the copies stand")
        parser.add_argument("--copies", type=int, default=0, help="copies of a record that names none")
        parser.add_argument("--not-ours", action="store_true", help="leave out fields of holdings: another library's")
        parser.add_argument("--json", action="store_true", help="end with one line: a JSON object of the counts")

    def match(self, run: ImportRun, options: dict[str, Any]) -> None:
        choose_options(run, options=self.options_from(options))

    def options_from(self, options: dict[str, Any]) -> dict[str, Any]:
        if len(options["location"] or "") > 60:
            raise CommandError(_("The name of the place is longer than 60 characters."))
        return {
            "location": options["location"] or "",
            "default_copies": options["copies"],
            "own_holdings": not options["not_ours"],
        }
