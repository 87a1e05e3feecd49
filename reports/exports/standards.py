"""Standards against own figures, and what to buy, as a workbook."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from library_site.shared.spreadsheets.report_book import (
    MONEY,
    PERCENT,
    TWO_PLACES,
    WHOLE,
    Column,
    NativeChart,
    ReportSheet,
)
from reports.queries.purchase import Plan, ToBuy
from reports.queries.standards import Comparison
from reports.rules.standards import Line


def standards_book(
    comparisons: Sequence[Comparison], plan: Plan | None, notes: Sequence[str]
) -> list[ReportSheet[Any]]:
    """A sheet for each standard, and one of what to buy where a purchase can meet them."""
    sheets: list[ReportSheet[Any]] = [_comparison(row, notes) for row in comparisons]
    if plan is not None and plan.rows is not None:
        sheets.append(_purchase(plan, notes))
    return sheets


def verdict(line: Line) -> str:
    """In words: met, not met, not known yet."""
    return {True: _("met"), False: _("not met"), None: _("not known yet")}[line.met]


def remarks(line: Line) -> str:
    """What is to be said of a line: unsure, entered by hand, what it was put together from."""
    unsure = "" if line.is_sure else _("to be confirmed by the school")
    return "; ".join(text for text in (unsure, line.note, line.words, line.entered) if text)


def _comparison(comparison: Comparison, notes: Sequence[str]) -> ReportSheet[Line]:
    columns = [
        Column[Line](_("Measured"), lambda line: str(line.name), width=26),
        Column[Line](_("Sense"), lambda line: _at(line), width=8),
        Column[Line](_("Demanded"), lambda line: line.value, _plain),
        Column[Line](_("Own figure"), lambda line: line.own, _plain),
        Column[Line](_("Unit"), lambda line: str(line.measure.unit), width=8),
        Column[Line](_("Gap"), lambda line: line.gap, _gap_format),
        Column[Line](_("Unit of the gap"), lambda line: str(line.measure.gap_unit), width=10),
        Column[Line](_("Result"), verdict, width=12),
        Column[Line](_("Note"), remarks, width=44),
    ]
    return ReportSheet(
        comparison.standard.name, comparison.standard.name, columns, comparison.lines,
        notes=[*notes, comparison.standard.source, *_formulas(comparison)], landscape=True,
    )  # fmt: skip


def _formulas(comparison: Comparison) -> list[str]:
    measures = dict.fromkeys(line.measure for line in comparison.lines)
    return [f"{measure.name} = {measure.formula}" for measure in measures]


def _plain(line: Line) -> str:
    return WHOLE if line.is_whole else TWO_PLACES


def _gap_format(line: Line) -> str:
    return TWO_PLACES if line.gap is not None and line.gap % 1 else WHOLE


def _at(line: Line) -> str:
    return _("at most") if line.sense == "most" else _("at least")


def _purchase(plan: Plan, notes: Sequence[str]) -> ReportSheet[ToBuy | None]:
    """The last row is the total: None."""

    def of(name: str) -> Any:
        return lambda row: getattr(row, name) if row is not None else None

    to_buy, price, after = _("To buy"), _("Mean price"), _("Afterwards")
    columns = [
        Column[ToBuy | None](_("Main class"), lambda row: f"{row.letter} {row.name}" if row else _("Total"), width=34),
        Column[ToBuy | None](_("Copies held"), of("have"), WHOLE, total="sum"),
        Column[ToBuy | None](_("Loans this school year"), of("wanted"), WHOLE, total="sum"),
        Column[ToBuy | None](to_buy, of("bought"), WHOLE, total="sum"),
        Column[ToBuy | None](after, of("after"), WHOLE, total="sum"),
        Column[ToBuy | None](_("Share afterwards"), of("share"), PERCENT),
        Column[ToBuy | None](price, of("price"), MONEY),
        Column[ToBuy | None](_("About, in yuan"), of("cost"), WHOLE, total="sum"),
    ]
    rows: list[ToBuy | None] = [*(plan.rows or []), None]
    return ReportSheet(
        _("What to buy"), _("What to buy to meet the standard"), columns, rows, notes=notes,
        level=lambda row: "row" if row is not None else "total", landscape=True,
        charts=[NativeChart("bar", to_buy, _("Main class"), [to_buy])],
    )  # fmt: skip
