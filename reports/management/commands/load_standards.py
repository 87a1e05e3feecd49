"""`manage.py load_standards`: the national standards, loaded or brought up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.operations.standards import load_standards


class Command(BaseCommand):
    help = "Load the national standards for school libraries; repeating it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_standards()} rows written")
