"""`manage.py load_clc`: the classification, loaded or brought up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog.operations.clc import load_clc


class Command(BaseCommand):
    help = "Load the Chinese Library Classification; repeating it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = load_clc()
        self.stdout.write(f"{counts.created} new, {counts.changed} changed, {counts.same} same")
