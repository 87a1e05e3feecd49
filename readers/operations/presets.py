"""The usual training items, duty periods and rules, which schools then edit: texts in `readers/data/`."""

import csv
from datetime import date, time
from pathlib import Path

from library_site.audit import act
from library_site.models import User
from readers.models import DutyPeriod, Regulation, RegulationVersion, TrainingItem

DATA = Path(__file__).resolve().parent.parent / "data"


def add_training_items(*, by: User, address: str | None = None) -> list[TrainingItem]:
    """Adds the usual items that are not there yet."""
    names = (DATA / "training.txt").read_text(encoding="utf-8").split()
    with act("add_training_items", by=by, address=address):
        known = set(TrainingItem.objects.values_list("name", flat=True))
        rows = [TrainingItem(name=name, position=n) for n, name in enumerate(names, start=1) if name not in known]
        return TrainingItem.objects.bulk_create(rows)


def add_duty_periods(*, by: User, address: str | None = None) -> list[DutyPeriod]:
    """Adds the usual periods that are not there yet."""
    with (DATA / "duty_periods.csv").open(encoding="utf-8", newline="") as file:
        usual = list(csv.reader(file))
    with act("add_duty_periods", by=by, address=address):
        known = set(DutyPeriod.objects.values_list("name", flat=True))
        rows = [
            DutyPeriod(name=name, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends))
            for name, starts, ends in usual
            if name not in known
        ]
        return DutyPeriod.objects.bulk_create(rows)


def add_regulations(*, by: User, on: date, address: str | None = None) -> list[Regulation]:
    """Adds the drafts of the usual rules that are not there yet, each to be confirmed by the school.

    A draft is a file `<order>_<key>.txt`, its first line the title.
    """
    with act("add_regulations", by=by, address=address):
        known = set(Regulation.objects.exclude(preset="").values_list("preset", flat=True))
        titles = set(Regulation.objects.values_list("title", flat=True))
        added = []
        for file in sorted((DATA / "rules").glob("*.txt")):
            order, key = file.stem.split("_", 1)
            title, text = file.read_text(encoding="utf-8").strip().split("\n", 1)
            if key not in known and title not in titles:
                added.append(_draft(Regulation(title=title, position=int(order), preset=key), text.strip(), by, on))
        return added


def _draft(row: Regulation, text: str, by: User, on: date) -> Regulation:
    row.save()
    RegulationVersion.objects.create(regulation=row, version=1, text=text, valid_from=on, by=by)
    return row
