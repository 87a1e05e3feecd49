"""Imports pupils and staff from a sheet."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from library_site.imports.command import ImportCommand
from readers.models import Grade


class Command(ImportCommand):
    help = "Imports a roster from .xlsx, .xls or .csv; class and name are enough; the same file again changes nothing."
    kind = "roster"
    extra_counts = ("moved", "cards")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--since", type=date.fromisoformat, help="first day in these classes, YYYY-MM-DD")
        parser.add_argument("--category", choices=["student", "teacher", "staff"], default="student")
        parser.add_argument("--cards", action="store_true", help="give a card number to everybody without a card")

    def refuse_early(self) -> None:
        if not Grade.objects.exists():
            raise CommandError(_("The school has no grades yet: start the server and set the school up first."))

    def options_from(self, options: dict[str, Any]) -> dict[str, Any]:
        since = options["since"].isoformat() if options["since"] else ""
        return {"since": since, "category": options["category"], "give_cards": options["cards"]}
