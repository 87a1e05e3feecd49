"""Writes titles as MARC records."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalog.exports.marc import MarcFile, Shape
from catalog.imports.marc_fields import RECORD_TEXTS
from catalog.queries.chosen_titles import all_titles
from catalog.queries.search import Filters, Order, titles_found


class Command(BaseCommand):
    help = "Writes titles as CNMARC or MARC 21. Exit code 1: some could not be written; they are listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=["cnmarc", "marc21"], default="cnmarc")
        parser.add_argument("--xml", action="store_true", help="MARCXML instead of ISO 2709")
        parser.add_argument("--encoding", choices=["utf-8", "gb18030"], default="utf-8", help="of ISO 2709")
        parser.add_argument("--class", dest="clc", default="", help="only this class and what is below it")
        parser.add_argument("--query", default="", help="only what a search for these words finds")

    def handle(self, *args: Any, **options: Any) -> None:
        shape = Shape(options["format"], "xml" if options["xml"] else "iso", options["encoding"])
        titles = all_titles()
        if options["clc"] or options["query"]:
            titles = titles_found(options["query"], filters=Filters(clc=options["clc"]), order=Order.SHELF)
        file = MarcFile(list(titles.values_list("pk", flat=True)), shape)
        with options["file"].open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        self.stdout.write(_("%(count)s records written.") % {"count": file.records})
        if file.left_out:
            raise CommandError("\n".join(f"{title}: {RECORD_TEXTS[code]}" for title, code in file.left_out))
