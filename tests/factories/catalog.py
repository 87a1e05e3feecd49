"""Titles, copies, places."""

import itertools

from catalog.models import Copy, Location, Title

_numbers = itertools.count(1)


def make_location(name: str = "流通书库", **fields: object) -> Location:
    location, _created = Location.objects.get_or_create(name=name, defaults=fields)
    return location


def make_title(name: str = "", **fields: object) -> Title:
    return Title.objects.create(name=name or f"书{next(_numbers)}", **fields)


def make_copy(barcode: str = "", *, title: Title | None = None, **fields: object) -> Copy:
    barcode = barcode or f"B{next(_numbers):07d}"
    fields.setdefault("accession_number", barcode)
    fields.setdefault("location", None)
    if fields["location"] is None:
        fields["location"] = make_location()
    return Copy.objects.create(barcode=barcode, title=title or make_title(), **fields)
