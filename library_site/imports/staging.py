"""Takes a file in: every row as text into the staging table, without what must never be kept."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from library_site.imports.columns import (
    LOOKED_AT,
    Header,
    guess_columns,
    guess_header,
    header_texts,
    plain,
    remember_columns,
    remembered_columns,
)
from library_site.imports.fields import Kind, kind_of
from library_site.models import ImportRow, ImportRun, User
from library_site.shared.spreadsheets import Sheet, SheetProblem

KEPT_UNUSED = timedelta(days=7)
KEPT_TO_CORRECT = timedelta(days=60)


def stage(*, kind: str, path: Path, file_name: str, by: User | None, at: datetime) -> ImportRun:
    """Returns the run, its rows staged and its columns guessed. Raises SheetProblem if the file cannot be read.

    The file itself is not kept. Identity numbers, and columns with data the library must not have (telephone,
    address), are left out before anything is written.
    """
    rules = kind_of(kind)
    discard_old(at=at)
    with transaction.atomic():
        run = ImportRun.objects.create(kind=kind, file_name=file_name[-200:], by=by)
        run.sheets = [_stage_sheet(run, rules, index, sheet) for index, sheet in enumerate(rules.open(path))]
        _choose_best(run, rules)
        run.save()
    return run


def discard_old(*, at: datetime) -> None:
    """Deletes runs that were left lying unapplied, and the bad rows of applied ones that nobody came back to."""
    unused = ImportRun.objects.filter(created_at__lt=at - KEPT_UNUSED).exclude(state=ImportRun.State.APPLIED)
    corrected = ImportRun.objects.filter(applied_at__lt=at - KEPT_TO_CORRECT)
    ImportRow.objects.filter(run__in=unused | corrected).delete()
    unused.delete()


def _stage_sheet(run: ImportRun, kind: Kind, index: int, sheet: Sheet) -> dict[str, Any]:
    """Copies one sheet into the staging table; returns what the run remembers of it."""
    head = [row for _number, row in zip(range(LOOKED_AT), sheet.rows, strict=False)]
    header = Header(1, 0, [""] * len(kind.columns)) if kind.columns else guess_header(head, kind.fields)
    dropped = [column for column, text in enumerate(header.texts) if _is_dropped(text, kind)]
    counts = {"rows": 0, "width": 0, "removed": 0}
    rows = _clean_rows(head, sheet.rows, kind, header, dropped, counts)
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY library_site_importrow (run_id, sheet, number, cells, verdict, problems) FROM STDIN") as copy,
    ):
        for number, cells in rows:
            copy.write_row((run.pk, index, number, json.dumps(cells, ensure_ascii=False), "", "[]"))
    names = [header.texts[column] for column in dropped]
    header = replace(header, texts=["" if column in dropped else text for column, text in enumerate(header.texts)])
    return {"name": sheet.name, "dropped": names, "header": asdict(header), **counts}


def _is_dropped(heading: str, kind: Kind) -> bool:
    return any(word in plain(heading) for word in kind.dropped)


def _clean_rows(
    head: list[list[str]],
    rest: Iterator[list[str]],
    kind: Kind,
    header: Header,
    dropped: list[int],
    counts: dict[str, int],
) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(_chained(head, rest), start=1):
        if not any(row):
            continue
        cells = [kind.scrub(cell) for cell in row]
        counts["removed"] += sum(before != after for before, after in zip(row, cells, strict=True))
        if number >= header.row + header.rows:
            counts["rows"] += 1
            for column in dropped:
                cells[column : column + 1] = [""] * (column < len(cells))
        counts["width"] = max(counts["width"], len(cells))
        yield number, cells


def _chained(head: list[list[str]], rest: Iterator[list[str]]) -> Iterator[list[str]]:
    yield from head
    yield from rest


def _choose_best(run: ImportRun, kind: Kind) -> None:
    """The sheet whose headings say most, the longest among equals; its columns as last time, else guessed."""
    if not any(sheet["rows"] for sheet in run.sheets):
        raise SheetProblem("no_rows")
    if kind.columns:
        run.header_rows, run.columns, run.options = 0, dict(kind.columns), {"sheets": [0]}
        return
    guesses = [guess_columns(sheet["header"]["texts"], kind.fields) for sheet in run.sheets]
    run.sheet = max(range(len(guesses)), key=lambda index: (len(guesses[index]), run.sheets[index]["rows"]))
    header = run.sheets[run.sheet]["header"]
    run.header_row, run.header_rows = header["row"], header["rows"]
    run.columns = remembered_columns(run.kind, header["texts"]) or guesses[run.sheet]
    same = [index for index, sheet in enumerate(run.sheets) if sheet["header"]["texts"] == header["texts"]]
    run.options = {"sheets": same if header["texts"] else [run.sheet]}


def choose_columns(
    run: ImportRun,
    *,
    sheets: list[int],
    header_row: int,
    header_rows: int,
    columns: dict[str, int],
    options: dict[str, Any],
) -> ImportRun:
    """Fixes how the sheet is to be read, remembers it for the next of its kind, and asks for the rows to be checked."""
    texts = header_of(run, sheets[0], header_row, header_rows)
    run.sheet, run.header_row, run.header_rows = sheets[0], header_row, header_rows
    run.sheets[run.sheet]["header"] = asdict(Header(header_row, header_rows, texts))
    run.columns = columns
    remember_columns(run.kind, texts, columns)
    return choose_options(run, options={**options, "sheets": sheets})


def choose_options(run: ImportRun, *, options: dict[str, Any]) -> ImportRun:
    """Fixes what holds for all rows, and asks for them to be checked."""
    run.options = {**run.options, **options}
    run.state, run.started_at, run.done = ImportRun.State.CHECKING, None, 0
    below = run.header_row + run.header_rows
    run.total = ImportRow.objects.filter(run=run, sheet__in=run.options["sheets"], number__gte=below).count()
    run.save()
    return run


def header_of(run: ImportRun, sheet: int, row: int, count: int) -> list[str]:
    """The headings in these rows of a staged sheet."""
    return header_texts(first_rows(run, sheet, row + count), row, count)


def first_rows(run: ImportRun, sheet: int, count: int) -> list[list[str]]:
    """The first `count` rows of a staged sheet, blank ones as empty lists."""
    rows = dict(ImportRow.objects.filter(run=run, sheet=sheet, number__lte=count).values_list("number", "cells"))
    return [rows.get(number, []) for number in range(1, count + 1)]
