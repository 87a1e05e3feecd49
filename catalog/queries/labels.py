"""What labels are printed for: the copies in the order in which their labels come, as keys."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, overload

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from catalog.models import Copy, LabelPrinting, PrintedNumbers, ReclassedTitle
from library_site.models.imports import ImportRun

OFF_THE_SHELF = (Copy.State.WITHDRAWN, Copy.State.LOST)
RECENT = 10
ORDERS: dict[str, tuple[str, ...]] = {
    "entered": ("created_at", "pk"),
    "shelf": ("title__shelf_key", "title_id", "volume_key", "barcode"),
    "barcode": ("barcode",),
}
Kind = LabelPrinting.Kind


class Keys(Sequence[int]):
    """The keys of copies in the order of a query, read where they are looked at: all that is due may be 100,000."""

    def __init__(self, copies: QuerySet[Copy]) -> None:
        self._keys = copies.values_list("pk", flat=True)

    @cached_property
    def _count(self) -> int:
        return self._keys.count()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, part: int) -> int: ...
    @overload
    def __getitem__(self, part: slice) -> list[int]: ...
    def __getitem__(self, part: int | slice) -> int | list[int]:
        return list(self._keys[part]) if isinstance(part, slice) else self._keys[part]

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys)


@dataclass(frozen=True)
class Chosen:
    """Keys of copies in order, or numbers without copies; `unknown` are codes that no copy bears."""

    keys: Sequence[int] = ()
    numbers: Sequence[str] = ()
    unknown: Sequence[str] = ()
    left_out: int = 0  # copies without a call number, where spine labels were asked for

    def __len__(self) -> int:
        return len(self.keys) + len(self.numbers)


def due(kind: str) -> Q:
    """Copies whose labels were never printed, or whose number has changed since.

    A spine label is due only where there is a class to print.
    """
    bars, spine = Q(barcode_label_at=None), Q(spine_label_at=None) & ~Q(title__clc_number="")
    return {Kind.BARCODE: bars, Kind.SPINE: spine, Kind.BOTH: bars | spine}[Kind(kind)]


def due_counts() -> dict[str, int]:
    """How many copies have each kind of label still to be printed. One statement."""
    # Said of copies alone, so that their titles are looked up only where something is due.
    held = _held().filter(Q(barcode_label_at=None) | Q(spine_label_at=None))
    return held.aggregate(**{kind: Count("pk", filter=due(kind)) for kind in (Kind.BARCODE, Kind.SPINE)})


def choose(
    what: str,
    asked: Mapping[str, Any],
    *,
    kind: str,
    order: str = "",
    typed: Sequence[str] = (),
    titles: Iterable[int] = (),
) -> Chosen:
    """The labels that were asked for.

    `what` names the way of asking, `asked` holds its values; `typed` are the scanned codes, `titles` the hits of a
    search, best first. Copies that are withdrawn or lost get no labels unless they are named one by one.
    """
    if what == "numbers":
        row = PrintedNumbers.objects.filter(pk=asked["numbers"]).first()
        return Chosen(numbers=row.numbers if row else [])
    if what == "list":
        return _typed(typed, kind)
    if what == "printing":
        return _printed_before(asked["printing"])
    if what == "search":
        return _of_titles(list(titles), kind, order)
    return _ordered(_WAYS[what](asked, kind), kind, order or _USUAL_ORDER.get(what, "entered"))


def _held() -> QuerySet[Copy]:
    return Copy.objects.exclude(state__in=OFF_THE_SHELF)


def _due(asked: Mapping[str, Any], kind: str) -> QuerySet[Copy]:
    since: date | None = asked.get("since")
    copies = _held().filter(due(kind))
    return copies.filter(created_at__date__gte=since) if since else copies


def _between(asked: Mapping[str, Any], kind: str) -> QuerySet[Copy]:
    """Copies by barcode, both ends included. Ends of one length leave out barcodes of another: 0002 is not 00015."""
    first, last = asked["first"], asked["last"]
    copies = _held().filter(barcode__gte=first, barcode__lte=last)
    if len(first) == len(last):
        copies = copies.annotate(length=Length("barcode")).filter(length=len(first))
    return copies


def _reclassed(asked: Mapping[str, Any], kind: str) -> QuerySet[Copy]:
    titles = ReclassedTitle.objects.filter(reclassing=asked["reclassing"])
    return _held().filter(title__in=titles.values("title"))


_WAYS = {
    "due": _due,
    "range": _between,
    "run": lambda asked, kind: Copy.objects.filter(import_run=asked["run"]),
    "batch": lambda asked, kind: _held().filter(batch=asked["batch"]),
    "title": lambda asked, kind: _held().filter(title=asked["title"]),
    "copies": lambda asked, kind: Copy.objects.filter(pk__in=asked["copies"]),
    "reclassing": _reclassed,
}
_USUAL_ORDER = {"range": "barcode", "title": "shelf", "reclassing": "shelf"}


def _ordered(copies: QuerySet[Copy], kind: str, order: str) -> Chosen:
    blank = copies.filter(title__clc_number="") if kind == Kind.SPINE else copies.none()
    if kind == Kind.SPINE:
        copies = copies.exclude(title__clc_number="")
    return Chosen(keys=Keys(copies.order_by(*ORDERS[order])), left_out=blank.count())


def _kept(rows: Sequence[tuple[int, str]], kind: str, unknown: Sequence[str] = ()) -> Chosen:
    """A spine label of a book that is still to be classified would be blank: it is left out and counted."""
    keys = [pk for pk, clc_number in rows if kind != Kind.SPINE or clc_number]
    return Chosen(keys=keys, unknown=unknown, left_out=len(rows) - len(keys))


def _of_titles(titles: Sequence[int], kind: str, order: str) -> Chosen:
    copies = _held().filter(title__in=titles)
    if order:
        return _ordered(copies, kind, order)
    places = {title: place for place, title in enumerate(titles)}
    rows = copies.order_by("volume_key", "barcode").values_list("pk", "title__clc_number", "title_id")
    found = sorted(rows, key=lambda row: places[row[2]])
    return _kept([(pk, clc_number) for pk, clc_number, _title in found], kind)


def _typed(codes: Sequence[str], kind: str) -> Chosen:
    """In the order of the list, each copy once. A label that was replaced finds its copy too."""
    found = Copy.objects.filter(Q(barcode__in=codes) | Q(former_barcodes__barcode__in=codes))
    by_code = {}
    for pk, clc_number, barcode, former in found.values_list(
        "pk", "title__clc_number", "barcode", "former_barcodes__barcode"
    ):
        by_code[barcode] = (pk, clc_number)
        if former:
            by_code.setdefault(former, (pk, clc_number))
    rows = list(dict.fromkeys(by_code[code] for code in codes if code in by_code))
    return _kept(rows, kind, [code for code in codes if code not in by_code])


def _printed_before(printing_id: int) -> Chosen:
    row = LabelPrinting.objects.filter(pk=printing_id).first()
    keys = [key for key, *_dates in row.copies] if row else []
    still = set(Copy.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return Chosen(keys=[key for key in keys if key in still])


def copies_by_key(keys: Sequence[int]) -> list[Copy]:
    """The copies of one page in the order given, each with what its labels say. One statement."""
    if not keys:
        return []
    place = Case(*(When(pk=key, then=Value(n)) for n, key in enumerate(keys)), output_field=IntegerField())
    columns = (
        "barcode",
        "volume",
        "title__name",
        "title__part",
        "title__clc_number",
        "title__book_number",
        "title__main_class",
    )
    copies = Copy.objects.filter(pk__in=keys).select_related("title").only("title_id", *columns)
    return list(copies.annotate(place=place).order_by("place"))  # fmt: skip


def state_of(keys: Sequence[int]) -> str:
    """A mark of what the labels of these copies say now: another mark means that a label has changed."""
    columns = (F("barcode"), F("volume"), F("title__clc_number"), F("title__book_number"))
    rows = Copy.objects.filter(pk__in=keys).order_by("pk").values_list("pk", *columns)
    return hashlib.sha256("\n".join("\t".join(map(str, row)) for row in rows).encode()).hexdigest()[:32]


def label_imports() -> QuerySet[ImportRun]:
    """Imports that brought copies, newest first."""
    kinds = (ImportRun.Kind.HOLDINGS, ImportRun.Kind.MARC)
    return ImportRun.objects.filter(kind__in=kinds, state=ImportRun.State.APPLIED).order_by("-created_at")


def recent_printings() -> list[LabelPrinting]:
    """The last printings, newest first, without their lists of copies."""
    rows = LabelPrinting.objects.defer("copies").select_related("by").order_by("-at", "-pk")
    return list(rows[:RECENT])


@dataclass(frozen=True)
class NumbersRow:
    """Numbers that were printed before the books came, and how many of them are on a book by now."""

    pk: int
    first: str
    last: str
    count: int
    used: int
    by: str
    at: Any


def printed_numbers() -> list[NumbersRow]:
    """The last draws of numbers, newest first. Two statements."""
    rows = list(PrintedNumbers.objects.select_related("by").order_by("-at", "-pk")[:RECENT])
    drawn = {number for row in rows for number in row.numbers}
    used = set(Copy.objects.filter(barcode__in=drawn).values_list("barcode", flat=True))
    return [
        NumbersRow(
            pk=row.pk,
            first=row.numbers[0],
            last=row.numbers[-1],
            count=len(row.numbers),
            used=sum(number in used for number in row.numbers),
            by=str(row.by or ""),
            at=row.at,
        )
        for row in rows
        if row.numbers
    ]
