"""Titles, copies, places."""

import itertools

from catalog.models import ClcClass, Copy, Cover, Location, SruServer, Title

_numbers = itertools.count(1)


def make_location(name: str = "流通书库", **fields: object) -> Location:
    location, _created = Location.objects.get_or_create(name=name, defaults=fields)
    return location


def make_clc_class(code: str, name: str = "", *, parent: str | None = None) -> ClcClass:
    """A class of the CLC, as the table that is loaded at the first start has it."""
    level = ClcClass.objects.get(pk=parent).level + 1 if parent else 1
    row, _created = ClcClass.objects.get_or_create(
        code=code, defaults={"name": name or code, "parent_id": parent, "level": level}
    )
    return row


def make_title(name: str = "", **fields: object) -> Title:
    return Title.objects.create(name=name or f"书{next(_numbers)}", **fields)


def make_copy(barcode: str = "", *, title: Title | None = None, **fields: object) -> Copy:
    barcode = barcode or f"B{next(_numbers):07d}"
    fields.setdefault("accession_number", barcode)
    fields.setdefault("location", None)
    if fields["location"] is None:
        fields["location"] = make_location()
    return Copy.objects.create(barcode=barcode, title=title or make_title(), **fields)


def make_cover(*, title: Title | None = None, **fields: object) -> Cover:
    values = {"image": b"picture", "media_type": "image/webp", "width": 300, "height": 420, "version": "v1", **fields}
    return Cover.objects.create(title=title or make_title(), origin=Cover.Origin.UPLOAD, **values)


def make_server(name: str = "", **fields: object) -> SruServer:
    """A library server that sends what schema it has."""
    return SruServer.objects.create(name=name or f"server{next(_numbers)}", **{"record_schema": "", **fields})
