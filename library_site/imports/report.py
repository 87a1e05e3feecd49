"""What a run has to show: samples, bad rows with their reasons, and the sheet of bad rows to correct."""

from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from library_site.imports.engine import chosen_sheets
from library_site.imports.fields import kind_of
from library_site.imports.locks import is_worked_on
from library_site.imports.staging import first_rows
from library_site.imports.texts import problem_text
from library_site.models import ImportRow, ImportRun
from library_site.shared.spreadsheets import write_xlsx

SHOWN = 200
SAMPLE = 8
REASON = "❗"  # marks the column of reasons, so that nobody takes it for a field


@dataclass(frozen=True)
class Line:
    """One thing that is wrong with one row."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str


def headings(run: ImportRun) -> list[str]:
    return list(run.sheets[run.sheet]["header"]["texts"])


def problem_lines(run: ImportRun, *, notes: bool) -> list[Line]:
    """What is wrong with bad rows, or what is noted about good ones; the first `SHOWN` rows."""
    rows = (
        ImportRow.objects.filter(run=run, sheet__in=chosen_sheets(run)).exclude(problems=[]).order_by("sheet", "number")
    )
    rows = rows.exclude(verdict="bad") if notes else rows.filter(verdict="bad")
    named = len(chosen_sheets(run)) > 1
    return [
        Line(
            sheet=run.sheets[row.sheet]["name"] if named else "",
            row=row.number,
            column=column_name(run, problem["field"]),
            value=problem["value"],
            reason=problem_text(run.kind, problem),
        )
        for row in rows[:SHOWN]
        for problem in row.problems
    ]


def column_name(run: ImportRun, field: str) -> str:
    """The heading of the column that is this field; the field's own name where no column is."""
    texts, column = headings(run), run.columns.get(field)
    if column is not None and column < len(texts) and texts[column]:
        return texts[column]
    return next(str(known.label) for known in kind_of(run.kind).fields if known.name == field)


def sample_rows(run: ImportRun, verdict: str) -> list[dict[str, Any]]:
    """The first rows of a verdict: row number, cells of the matched columns, and what would change."""
    labels = {field.name: str(field.label) for field in kind_of(run.kind).fields}
    rows = ImportRow.objects.filter(run=run, sheet__in=chosen_sheets(run), verdict=verdict).order_by("sheet", "number")
    return [
        {
            "number": row.number,
            "cells": [row.cells[column] if column < len(row.cells) else "" for column in matched(run).values()],
            "changes": [
                {"label": labels.get(name, name), "before": before, "after": after}
                for name, (before, after) in ((row.values or {}).get("changes") or {}).items()
            ],
            "makes": (row.values or {}).get("makes", 0),
        }
        for row in rows[:SAMPLE]
    ]


def matched(run: ImportRun) -> dict[str, int]:
    """{heading: column} of the matched columns, as they stand in the sheet."""
    if kind_of(run.kind).columns:
        shown = [field for field in kind_of(run.kind).fields if field.shown and field.name in run.columns]
        return {str(field.label): run.columns[field.name] for field in shown}
    texts = headings(run)
    return {
        texts[column] if column < len(texts) and texts[column] else str(column + 1): column
        for column in sorted(run.columns.values())
    }


def first_cells(run: ImportRun, sheet: int, header_row: int, header_rows: int, width: int) -> list[list[str]]:
    """For each column, its first cells below the headings."""
    rows = [row for row in first_rows(run, sheet, header_row + header_rows + 7)[header_row + header_rows - 1 :] if row]
    return [[row[column] for row in rows[:3] if column < len(row) and row[column]] for column in range(width)]


def is_cut_short(run: ImportRun) -> bool:
    """Whether work on the run began and no process is at it any more: it crashed, and has changed nothing."""
    if run.state not in ("checking", "applying") or run.started_at is None or is_worked_on(run.pk):
        return False
    run.refresh_from_db()  # it may have ended between the two looks
    return run.state in ("checking", "applying") and run.started_at is not None


def is_unfinished(run: ImportRun) -> bool:
    """Whether an applied run still lacks what comes after the transaction, and no process is at it."""
    return run.state == "applied" and run.finished_at is None and not is_worked_on(run.pk)


def write_bad_rows(run: ImportRun, target: IO[bytes]) -> None:
    """The bad rows under their own headings, the reasons in a last column: to correct and bring again."""
    rows = ImportRow.objects.filter(run=run, verdict="bad").order_by("sheet", "number")
    texts = headings(run)
    width = max([len(texts), *(len(row.cells) for row in rows)])
    reasons = _("What is wrong")
    header = [*texts, *[""] * (width - len(texts)), f"{REASON} {reasons}"]
    lines = (
        [
            *row.cells,
            *[""] * (width - len(row.cells)),
            " ".join(problem_text(run.kind, problem) for problem in row.problems),
        ]
        for row in rows
    )
    write_xlsx(target, header=header, rows=lines, sheet=_("Rows to correct"))
