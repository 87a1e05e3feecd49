"""Holdings by division and class, what came in, and what it cost as far as prices are known."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.models import Batch, Copy
from catalog.rules.classification import MAIN_CLASSES, Division, division
from library_site.shared.charts import Chart, Series
from library_site.shared.figures import ratio
from reports.queries.holdings import Holdings, HoldingsRow, holdings_on
from reports.queries.parts.frame import Frame, bounded
from reports.queries.subjects import loans_by_class
from reports.rules.numbers import written
from reports.rules.papers import Block, Cell, Grid, Picture

UNCLASSIFIED = ""


def division_names() -> list[tuple[Division | None, str]]:
    """The five divisions, and what is not classified."""
    return [*((row, str(row.label)) for row in Division), (None, _("Not classified"))]


def by_division(frame: Frame) -> list[Block]:
    """Titles, copies, value and share of each division at the end, beside its share of the loans."""
    held = holdings_on(frame.until, today=frame.today)
    if not held.copies:
        return []
    loans = loans_by_class(frame.period)
    lines = [_line(name, _of(held, key), held, _loans_of(loans, key), loans) for key, name in division_names()]
    total = _line(_("Total"), held.classes, held, sum(loans.values()), loans)
    head = [
        _("Division"),
        pgettext("number", "Titles"),
        _("Copies"),
        _("Value (yuan)"),
        _("Share of the copies"),
        _("Share of the loans"),
    ]
    return [
        Grid(
            head, [*lines, total], _("Collection by division"), (5, 2, 2, 3, 2, 2), total=True, right=frozenset({4, 5})
        ),
        *_shares_chart(held, loans),
    ]


def _of(held: Holdings, key: Division | None) -> list[HoldingsRow]:
    return [row for row in held.classes if division(row.main_class) == key]


def _loans_of(loans: dict[str, int], key: Division | None) -> int:
    return sum(number for letter, number in loans.items() if division(letter) == key)


def _line(name: str, rows: Sequence[HoldingsRow], held: Holdings, lent: int, loans: dict[str, int]) -> list[Cell]:
    copies = sum(row.copies for row in rows)
    return [
        name,
        sum(row.titles for row in rows),
        copies,
        sum((row.value for row in rows), Decimal(0)),
        written(ratio(copies, held.copies, percent=True), unit="%"),
        written(ratio(lent, sum(loans.values()), percent=True), unit="%") if loans else None,
    ]


def _shares_chart(held: Holdings, loans: dict[str, int]) -> list[Block]:
    if not loans:
        return []
    lent, names = sum(loans.values()), division_names()
    of_copies = [ratio(sum(row.copies for row in _of(held, key)), held.copies, percent=True) for key, _name in names]
    of_loans = [ratio(_loans_of(loans, key), lent, percent=True) for key, _name in names]
    series = [Series(_("Share of the copies"), of_copies), Series(_("Share of the loans"), of_loans)]
    title, heading = _("Share of the copies and of the loans"), _("Division")
    return [Picture(Chart("shares", "pair", title, [name for _key, name in names], series, unit="%", heading=heading))]


def by_class(frame: Frame) -> list[Block]:
    """The 22 main classes that have something, and what is not classified, at the end."""
    held = holdings_on(frame.until, today=frame.today)
    if not held.copies:
        return []
    rows = {row.main_class: row for row in held.classes}
    lines: list[list[Cell]] = [
        [letter or _("Not classified"), rows[letter].titles, rows[letter].copies, rows[letter].value]
        for letter in [*MAIN_CLASSES, UNCLASSIFIED]
        if letter in rows
    ]
    lines.append([_("Total"), held.titles, held.copies, held.value])
    head = [_("Class of the CLC"), pgettext("number", "Titles"), _("Copies"), _("Value (yuan)")]
    return [Grid(head, lines, _("Collection by main class"), (3, 2, 2, 3), total=True)]


def accessions(frame: Frame) -> list[Block]:
    """The batches that came within the frame, each with its copies and their value (总括登记: what came in).

    Copies that were acquired in no batch stand in a row of their own.
    """
    prices = Sum("copies__price")
    counts = {"held": Count("copies"), "titles": Count("copies__title", distinct=True), "value": prices}
    batches = Batch.objects.filter(Exists(Copy.objects.filter(batch=OuterRef("pk"))), received_on__range=frame.days)
    found, more = bounded(batches.annotate(**counts).order_by("received_on", "pk"))
    lines: list[list[Cell]] = [
        [row.received_on, row.name, row.supplier, row.titles, row.held, row.value] for row in found
    ]
    lines += _without_batch(frame)
    if not lines:
        return []
    copies = sum(int(str(line[4])) for line in lines)
    value = sum((line[5] for line in lines if isinstance(line[5], Decimal)), Decimal(0))
    lines.append([_("Total"), "", "", "", copies, value])
    head = [
        _("Received on"),
        _("Batch"),
        _("Supplier or giver"),
        pgettext("number", "Titles"),
        _("Copies"),
        _("Value (yuan)"),
    ]
    return [Grid(head, lines, _("What came in"), (3, 4, 4, 2, 2, 3), total=True), *more]


def _without_batch(frame: Frame) -> list[list[Cell]]:
    rows = Copy.objects.filter(batch=None, acquired_on__range=frame.days)
    counted = rows.aggregate(titles=Count("title", distinct=True), copies=Count("pk"), value=Sum("price"))
    if not counted["copies"]:
        return []
    return [["", _("In no batch"), "", counted["titles"], counted["copies"], counted["value"]]]
