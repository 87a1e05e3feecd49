"""Imports titles and copies from a sheet."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from library_site.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Imports holdings from .xlsx, .xls or .csv; the same file again changes nothing."
    kind = "holdings"
    extra_counts = ("titles", "copies")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--location", help="where copies stand whose row does not say so")
        parser.add_argument("--copies", type=int, default=1, help="copies of a row that says nothing about them")

    def options_from(self, options: dict[str, Any]) -> dict[str, Any]:
        if len(options["location"] or "") > 60:
            raise CommandError(_("The name of the place is longer than 60 characters."))
        return {"location": options["location"] or "", "default_copies": options["copies"]}
