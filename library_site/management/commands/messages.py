"""`manage.py messages`: brings the Chinese catalogues in line with the sources and names what is untranslated."""

from typing import Any

from django.core.management.base import BaseCommand

from library_site import translations


class Command(BaseCommand):
    help = "Update every app's .po from the sources, list the texts without Chinese, compile."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for update in translations.update_all():
            state = "updated" if update.changed else "unchanged"
            self.stdout.write(f"{update.app}: {state}, {len(update.missing)} missing")
            for text in update.missing:
                self.stdout.write(f"    {text!r}")
        translations.compile_all()
