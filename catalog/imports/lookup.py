"""What the library already holds of a batch of rows: a fixed number of queries, however many rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from catalog.imports.reading import same_name
from catalog.models import Copy, FormerBarcode, Title
from library_site.imports.fields import Values

# What a row can say about a title; blank cells say nothing and never erase.
TITLE_FIELDS = (
    "name", "subtitle", "author", "translator", "publisher", "place", "published", "edition", "series", "pages",
    "size", "binding", "price", "isbn", "summary", "keywords", "audience", "clc_number", "book_number",
    "school_number", "part", "subjects", "course", "language", "stage", "has_pinyin", "volumes", "material",
)  # fmt: skip
# What a title has of which nothing is said; text is empty.
USUAL = {
    "price": None, "volumes": None, "has_pinyin": False, "audience": "all", "language": "chi", "material": "book",
}  # fmt: skip

Record = dict[str, Any]


class Holdings:
    """Titles and copies that the rows of a batch might mean."""

    def __init__(self, values: list[Values], *, digits: int, titles: Iterable[int] = ()) -> None:
        """What rows with these values might mean, and `titles` by their keys.

        `digits` is the width of the school's own barcodes: what lost its zeros is looked for with them.
        """
        self._digits = digits
        self._read_copies(values)
        self._read_titles(values, set(titles))
        self.copies_of: Counter[int] = Counter()
        counted = Copy.objects.filter(title__in=self.titles.keys()).values_list("title").annotate(n=Count("pk"))
        self.copies_of.update(dict(counted))

    def _read_copies(self, rows: list[Values]) -> None:
        barcodes, numbers = _said(rows, "barcode"), _said(rows, "accession_number")
        barcodes |= {barcode.zfill(self._digits) for barcode in barcodes if barcode.isdigit()}
        codes = barcodes | numbers
        former = dict(FormerBarcode.objects.filter(barcode__in=codes).values_list("barcode", "copy")) if codes else {}
        asked = Q(barcode__in=codes) | Q(accession_number__in=codes) | Q(pk__in=former.values())
        found: Iterable[Any] = ()
        if barcodes or numbers:
            found = Copy.objects.filter(asked).values(
                "pk",
                "title_id",
                "barcode",
                "accession_number",
                "volume",
                "price",
                "source",
                "acquired_on",
                "location__name",
            )
        self.by_barcode: dict[str, Record] = {}
        self.by_accession: dict[str, Record] = {}
        for copy in found:
            copy["location"] = copy.pop("location__name")
            copy["price"] = as_text(copy["price"])
            copy["acquired_on"] = as_text(copy["acquired_on"])
            # What it bore before still names it; an old sheet must not bring the old number back.
            copy["former"] = {barcode for barcode, pk in former.items() if pk == copy["pk"]}
            self.by_barcode |= dict.fromkeys({copy["barcode"], *copy["former"]}, copy)
            self.by_accession[copy["accession_number"]] = copy

    def with_zeros(self, barcode: str) -> str:
        """The barcode of a copy that is this one but for leading zeros; empty if there is none."""
        padded = barcode.zfill(self._digits)
        return padded if barcode.isdigit() and barcode != padded and padded in self.by_barcode else ""

    def _read_titles(self, rows: list[Values], known: set[int]) -> None:
        asked = Q(pk__in=known | {copy["title_id"] for copy in self.by_barcode.values()})
        keys = {"school_number": "school_number", "isbn": "isbn", "import_fingerprint": "fingerprint"}
        for column, field in keys.items():
            asked |= Q(**{f"{column}__in": _said(rows, field)})
        self.titles: dict[int, Record] = {}
        self.by_number: dict[str, Record] = {}
        self.by_fingerprint: dict[str, Record] = {}
        self.by_isbn: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for title in Title.objects.filter(asked).order_by("pk").values("pk", "import_fingerprint", *TITLE_FIELDS):
            title["price"] = as_text(title["price"])
            self.titles[title["pk"]] = title
            self.by_number[title["school_number"]] = title
            self.by_fingerprint.setdefault(title["import_fingerprint"], title)
            self.by_isbn[title["isbn"], same_name(title["name"])].append(title)


def _said(rows: list[Values], field: str) -> set[str]:
    return {row[field] for row in rows if row.get(field)}


def as_text(value: Any) -> str:
    return "" if value is None else str(value)
