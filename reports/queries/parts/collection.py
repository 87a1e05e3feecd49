"""Holdings by division and class, what came in, and what it cost as far as prices are known."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.models import Copy
from library_site.shared.charts import Chart, Series
from reports.queries.collection.classes import ClassTable
from reports.queries.parts.frame import Frame, bounded
from reports.rules.collection import Part
from reports.rules.numbers import written
from reports.rules.papers import Block, Cell, Grid, Picture

SHARES = "collection-by-division"


def by_division(table: ClassTable) -> list[Block]:
    """Titles, copies, value and share of each division, beside its share of the loans."""
    if not table.whole.copies:
        return []
    rows = [row for row in table.rows if row.kind in ("division", "other", "total")]
    head = [_("Division"), pgettext("number", "Titles"), _("Copies"), _("Value (yuan)")]
    head += [_("Share of the copies"), _("Share of the loans")]
    lines = [[*_line(row), _share(row.share_of_copies), _share(row.share_of_loans)] for row in rows]
    widths, caption = (5, 2, 2, 3, 2, 2), _("Collection by division")
    return [
        Grid(head, lines, caption, widths, total=True, right=frozenset({4, 5}), ident=SHARES),
        *_shares_chart(rows[:-1]),
    ]


def _line(row: Part) -> list[Cell]:
    return [_name(row), row.titles, row.copies, row.value]


def _name(row: Part) -> str:
    """A class bears its letter, a division its name."""
    words = {"other": _("Not classified"), "total": _("Total"), "division": row.name}
    return words.get(row.kind, f"{row.code} {row.name}".strip())


def _share(value: Decimal | None) -> str | None:
    return written(value, unit="%") if value is not None else None


def _shares_chart(rows: Sequence[Part]) -> list[Block]:
    if all(row.share_of_loans is None for row in rows):
        return []
    series = [
        Series(_("Share of the copies"), [row.share_of_copies for row in rows]),
        Series(_("Share of the loans"), [row.share_of_loans for row in rows]),
    ]
    title, names = _("Share of the copies and of the loans"), [_name(row) for row in rows]
    return [Picture(Chart("shares", "pair", title, names, series, unit="%", heading=_("Division"), table=SHARES))]


def by_class(table: ClassTable) -> list[Block]:
    """The 22 main classes that have something, and what is not classified."""
    if not table.whole.copies:
        return []
    head = [_("Class of the CLC"), pgettext("number", "Titles"), _("Copies"), _("Value (yuan)")]
    rows = [row for row in table.classes if row.copies]
    lines = [_line(row) for row in [*rows, table.whole]]
    return [Grid(head, lines, _("Collection by main class"), (6, 2, 2, 3), total=True)]


def accessions(frame: Frame) -> list[Block]:
    """What came in, by batch with copies and their value (总括登记: 收入): the copies that the figure counts.

    Copies that were acquired in no batch stand in a row of their own, the last.
    """
    rows = Copy.objects.filter(acquired_on__range=frame.days)
    batches = rows.values_list("batch__received_on", "batch__name", "batch__supplier").annotate(
        titles=Count("title", distinct=True), copies=Count("pk"), value=Sum("price")
    )
    found, more = bounded(batches.order_by("batch__received_on", "batch"))
    if not found:
        return []
    lines: list[list[Cell]] = [
        [day or "", name or _("In no batch"), supplier or "", titles, copies, value]
        for day, name, supplier, titles, copies, value in found
    ]
    whole = rows.aggregate(copies=Count("pk"), value=Sum("price"))
    lines.append([_("Total"), "", "", "", whole["copies"], whole["value"]])
    head = [_("Received on"), _("Batch"), _("Supplier or giver"), pgettext("number", "Titles")]
    head += [_("Copies"), _("Value (yuan)")]
    return [Grid(head, lines, _("What came in"), (3, 4, 4, 2, 2, 3), total=True), *more]
