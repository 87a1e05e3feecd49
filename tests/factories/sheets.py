"""Small sheets, and the way a test takes one in."""

import csv
from pathlib import Path

from django.utils import timezone

from library_site.imports import engine
from library_site.imports.staging import choose_columns, stage
from library_site.models import ImportRow, ImportRun, User


def write_sheet(folder: Path, *rows: list[object], name: str = "表.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def stage_sheet(kind: str, path: Path, *, by: User | None = None, **options: object) -> ImportRun:
    """Staged, with the columns as guessed."""
    run = stage(kind=kind, path=path, file_name=path.name, by=by, at=timezone.now())
    return choose_columns(
        run,
        sheets=engine.chosen_sheets(run),
        header_row=run.header_row,
        header_rows=run.header_rows,
        columns=run.columns,
        options=options,
    )


def check_sheet(kind: str, path: Path, **options: object) -> ImportRun:
    return engine.check(run_id=stage_sheet(kind, path, **options).pk)


def import_sheet(kind: str, path: Path, *, by: User | None = None, **options: object) -> ImportRun:
    """Staged, checked and applied."""
    run = stage_sheet(kind, path, by=by, **options)
    engine.check(run_id=run.pk)
    return engine.apply(run_id=run.pk, by=by)


def counts(run: ImportRun) -> dict[str, int]:
    """The counts that are not zero."""
    wanted = ("new", "changed", "same", "bad", "skipped", "titles", "copies")
    return {name: run.counts[name] for name in wanted if run.counts.get(name)}


def problems(run: ImportRun) -> list[tuple[int, str, str]]:
    """(row, field, code) of everything said about rows."""
    rows = ImportRow.objects.filter(run=run).exclude(problems=[]).order_by("number")
    return [(row.number, problem["field"], problem["code"]) for row in rows for problem in row.problems]
