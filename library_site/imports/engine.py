"""Checks staged rows and applies them: progress in the staging table, then one short transaction."""

import json
import logging
import time
from collections import Counter
from typing import Any

from django.db import IntegrityError, connection
from django.utils import timezone

from library_site.audit import act
from library_site.imports.columns import plain
from library_site.imports.fields import Judged, Kind, LibraryChanged, Plan, RowProblem, batches, kind_of
from library_site.imports.locks import kind_lock, run_lock
from library_site.models import ImportRow, ImportRun, User

State, Verdict = ImportRun.State, ImportRow.Verdict
BATCH = 1000
# Counts that only lead from the preview to the end; names of children are kept no longer than needed.
_PASSING = ("leavers", "renamed", "namesakes", "changed_titles")
_TOTALS = ("合计", "总计", "小计", "共计", "总共", "total", "sum")
logger = logging.getLogger(__name__)


def check(*, run_id: int) -> ImportRun:
    """Reads and compares every staged row of the run; leaves verdicts, problems and counts. Changes nothing else.

    May be repeated, also for a run that failed or was cut short; an applied run is left as it is.
    """
    with run_lock(run_id):
        run = ImportRun.objects.get(pk=run_id)
        if run.state == State.APPLIED:
            return run
        ImportRun.objects.filter(pk=run_id).update(
            state=State.CHECKING, started_at=timezone.now(), done=0, total=staged_rows(run).count(), error=None
        )
        try:
            counts = _check_rows(run)
        except Exception:
            _fail(run_id, "internal")
            raise
        ImportRun.objects.filter(pk=run_id).update(state=State.CHECKED, counts=counts)
    return ImportRun.objects.get(pk=run_id)


def staged_rows(run: ImportRun) -> Any:
    """The rows below the headings of the chosen sheets, in their order."""
    rows = ImportRow.objects.filter(run=run, sheet__in=chosen_sheets(run))
    return rows.filter(number__gte=run.header_row + run.header_rows).order_by("sheet", "number")


def chosen_sheets(run: ImportRun) -> list[int]:
    return run.options.get("sheets") or [run.sheet]


def _check_rows(run: ImportRun) -> dict[str, Any]:
    kind = kind_of(run.kind)
    plan, verdicts, done = kind.plan(run, keep=False), Counter[str](), 0
    reads = _Rows(run, kind)
    for batch in batches(staged_rows(run).values_list("pk", "sheet", "number", "cells").iterator(BATCH), BATCH):
        rows = [reads(*row) for row in batch]
        _judge(plan, rows)
        _save_verdicts(rows)
        verdicts.update(row.verdict for row in rows)
        done += len(batch)
        ImportRun.objects.filter(pk=run.pk).update(done=done)
    return {**{verdict: verdicts[verdict] for verdict in Verdict.values if verdict}, **plan.counts()}


def reading_of(run: ImportRun) -> "_Rows":
    """What makes rows out of the staged cells of this run."""
    return _Rows(run, kind_of(run.kind))


class _Rows:
    """Makes rows of cells: by the match of columns, without totals and repeated headings."""

    def __init__(self, run: ImportRun, kind: Kind) -> None:
        self._columns = run.columns
        self._reader = kind.reader(run)
        self._header = [plain(text) for text in run.sheets[run.sheet]["header"]["texts"]]
        self._required = {field.name for field in kind.fields if field.required}
        self._sheets = [sheet["name"] for sheet in run.sheets]

    def __call__(self, pk: int, sheet: int, number: int, cells: list[str]) -> Judged:
        row = Judged(pk, number, {}, [])
        if is_total(cells) or self._is_header(cells):
            row.verdict = Verdict.SKIPPED
            return row
        named = {field: cells[column] for field, column in self._columns.items() if column < len(cells)}
        if not any(named.values()):
            row.verdict = Verdict.SKIPPED
            return row
        row.values, row.problems = self._reader(named, sheet=self._sheets[sheet])
        row.problems += [
            RowProblem(field, value, "broken_characters", note=field not in self._required)
            for field, value in named.items()
            if "\ufffd" in value
        ]
        return row

    def _is_header(self, cells: list[str]) -> bool:
        return len(cells) > 1 and [plain(text) for text in cells] == self._header[: len(cells)] and any(cells)


def is_total(cells: list[str]) -> bool:
    """A line that sums up: 合计 and the like first, and nothing but figures after it."""
    texts = [cell for cell in cells if cell]
    return bool(texts) and plain(texts[0]).startswith(_TOTALS) and all(_is_figure(text) for text in texts[1:])


def _is_figure(text: str) -> bool:
    return any(sign.isdigit() for sign in text) and len(text) < 16


def _judge(plan: Plan, rows: list[Judged]) -> None:
    for row in rows:
        if not row.verdict and row.is_bad:
            row.verdict = Verdict.BAD
    plan.judge([row for row in rows if not row.verdict])
    for row in rows:
        if row.is_bad:
            row.verdict = Verdict.BAD


def _save_verdicts(rows: list[Judged]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS row_verdict (id bigint, said jsonb, problems jsonb, verdict text)"
        )
        cursor.execute("TRUNCATE row_verdict")
        with cursor.copy("COPY row_verdict FROM STDIN") as copy:
            for row in rows:
                problems = json.dumps([problem.as_json() for problem in row.problems], ensure_ascii=False)
                copy.write_row((row.pk, json.dumps(row.values, ensure_ascii=False), problems, row.verdict))
        cursor.execute(
            "UPDATE library_site_importrow AS r SET values = n.said, problems = n.problems, verdict = n.verdict"
            " FROM row_verdict AS n WHERE r.id = n.id"
        )


def apply(*, run_id: int, by: User | None) -> ImportRun:
    """Writes the good rows of a checked run: all of them or, if anything goes wrong, none.

    Rows are compared with the library again first, so what changed since the preview is heeded and a second
    import of the same rows changes nothing. Refused (ValueError) unless the run was checked, or failed before.
    """
    run = ImportRun.objects.get(pk=run_id)
    with kind_lock(run.kind), run_lock(run_id):
        run.refresh_from_db()
        if run.state not in (State.CHECKED, State.APPLYING):
            if run.state == State.APPLIED:
                return run
            raise ValueError(f"import {run_id} is {run.state}")
        ImportRun.objects.filter(pk=run_id).update(state=State.APPLYING, started_at=timezone.now(), done=0, error=None)
        try:
            _apply_twice(run, by=by)
        except LibraryChanged:
            _fail(run_id, "changed_meanwhile")
            return ImportRun.objects.get(pk=run_id)
        except Exception:
            _fail(run_id, "internal")
            raise
    return finish(run_id=run_id, by=by)


def _apply_twice(run: ImportRun, *, by: User | None) -> None:
    """Somebody may write a number by hand between plan and transaction: then once more from the new state."""
    try:
        _apply_once(run, by=by)
    except (IntegrityError, LibraryChanged) as problem:
        logger.info("import %s is planned again: %s", run.pk, problem)
        try:
            _apply_once(run, by=by)
        except IntegrityError as again:
            raise LibraryChanged from again


def _apply_once(run: ImportRun, *, by: User | None) -> None:
    plan = kind_of(run.kind).plan(run, keep=True)
    verdicts = _replan(run, plan)
    counts = {**run.counts, **verdicts, **plan.counts()}
    began = time.monotonic()
    with act(f"import.{run.kind}", by=by):
        at = timezone.now()
        plan.write(at=at, by=by)
        ImportRun.objects.filter(pk=run.pk).update(state=State.APPLIED, applied_at=at, counts=counts)
    counts["write_seconds"] = round(time.monotonic() - began, 3)
    ImportRun.objects.filter(pk=run.pk).update(counts=counts)


def _replan(run: ImportRun, plan: Plan) -> dict[str, int]:
    """Compares the good rows once more, this time keeping what is to be written; returns the counts of verdicts."""
    good = staged_rows(run).filter(verdict__in=[Verdict.NEW, Verdict.CHANGED, Verdict.SAME])
    verdicts, done = Counter[str](), 0
    for batch in batches(good.values_list("pk", "number", "values").iterator(BATCH), BATCH):
        rows = [Judged(pk, number, values, []) for pk, number, values in batch]
        _judge(plan, rows)
        _save_late_refusals(rows)
        verdicts.update(row.verdict for row in rows)
        done += len(batch)
        ImportRun.objects.filter(pk=run.pk).update(done=done)
    late = verdicts[Verdict.BAD]
    bad = staged_rows(run).filter(verdict=Verdict.BAD).count() if late else run.counts.get("bad", 0)
    return {"new": verdicts["new"], "changed": verdicts["changed"], "same": verdicts["same"], "bad": bad}


def _save_late_refusals(rows: list[Judged]) -> None:
    """Rows that were good in the preview and no longer are, because the library changed since."""
    refused = [row for row in rows if row.is_bad]
    if refused:
        _save_verdicts(refused)


def finish(*, run_id: int, by: User | None) -> ImportRun:
    """What does not belong in the transaction: search words for new titles, staging rows no longer needed.

    Safe to run again; an applied run without `finished_at` is one where this was cut short.
    """
    with run_lock(run_id):
        run = ImportRun.objects.get(pk=run_id)
        if run.state == State.APPLIED and run.finished_at is None:
            kind_of(run.kind).finish(run, by=by)
            _tidy(run)
    return ImportRun.objects.get(pk=run_id)


def _tidy(run: ImportRun) -> None:
    """Keeps of the staged rows only the bad ones, to be corrected, and the headings above them."""
    rows = ImportRow.objects.filter(run=run, number__gte=run.header_row + run.header_rows)
    rows.exclude(verdict=Verdict.BAD, sheet__in=chosen_sheets(run)).delete()
    counts = {name: value for name, value in run.counts.items() if name not in _PASSING}
    ImportRun.objects.filter(pk=run.pk).update(finished_at=timezone.now(), counts=counts)


def _fail(run_id: int, code: str) -> None:
    if connection.in_atomic_block and connection.needs_rollback:
        return  # the surrounding transaction is lost, and this note with it
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()  # the database itself may have gone away
    ImportRun.objects.filter(pk=run_id).update(state=State.FAILED, error={"code": code})
