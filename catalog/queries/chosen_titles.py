"""Titles chosen for a file of records: all, a class, a batch, an import, a list of numbers."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from catalog.models import Batch, Copy, FormerBarcode, Title
from library_site.models import ImportRun
from library_site.shared.codes import isbn13


def all_titles() -> "QuerySet[Title, Any]":
    """Every title, in shelf order."""
    return Title.objects.order_by("shelf_key", "pk")


def titles_of_batch(batch: Batch) -> "QuerySet[Title, Any]":
    """Titles with a copy of this batch."""
    return all_titles().filter(Exists(Copy.objects.filter(title=OuterRef("pk"), batch=batch)))


def titles_of_import(run: ImportRun) -> "QuerySet[Title, Any]":
    """Titles with a copy that this import brought."""
    return all_titles().filter(Exists(Copy.objects.filter(title=OuterRef("pk"), import_run=run)))


def titles_of_numbers(numbers: Sequence[str]) -> tuple[list[int], list[str]]:
    """(titles in the order of the numbers, numbers that nothing bears). A number is a barcode or an ISBN."""
    found: dict[str, int] = {}
    isbns = {isbn: number for number in numbers if (isbn := isbn13(number))}
    by_isbn = Title.objects.filter(isbn__in=isbns).order_by("-pk").values_list("isbn", "pk")
    found |= {isbns[isbn]: pk for isbn, pk in by_isbn}
    former = FormerBarcode.objects.filter(barcode__in=numbers).values_list("barcode", "copy__title")
    found |= dict(former)
    copies = Copy.objects.filter(Q(barcode__in=numbers) | Q(accession_number__in=numbers))
    for barcode, accession, title in copies.values_list("barcode", "accession_number", F("title_id")):
        found |= {barcode: title, accession: title}
    titles = list(dict.fromkeys(found[number] for number in numbers if number in found))
    return titles, [number for number in numbers if number not in found]
