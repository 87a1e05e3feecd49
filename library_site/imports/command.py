"""The same way in for administrators and scripts: `import_holdings FILE`, `import_roster FILE`."""

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from library_site.imports import engine
from library_site.imports.columns import plain
from library_site.imports.fields import kind_of
from library_site.imports.report import column_name
from library_site.imports.staging import choose_columns, stage
from library_site.imports.texts import file_text, problem_text
from library_site.models import ImportRow, ImportRun
from library_site.shared.spreadsheets import SheetProblem

SHOWN_PROBLEMS = 20


class ImportCommand(BaseCommand):
    """Stages, checks and applies a file without the worker.

    Exit codes: 0 done, bad rows are listed; 1 nothing could be used of the file, or it failed; 2 wrong arguments.
    """

    kind = ""
    extra_counts: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only say what would be done")
        parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help=self._map_help())
        parser.add_argument("--sheet", help="name or number of the sheet; else the one that fits best")
        parser.add_argument("--json", action="store_true", help="end with one line: a JSON object of the counts")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        self.refuse_early()
        run = self._stage(options["file"])
        try:
            self.match(run, options)
            run = engine.check(run_id=run.pk)
            self._say_problems(run)
            if not options["check"]:
                run = engine.apply(run_id=run.pk, by=None)
        finally:
            if options["check"] or run.state != ImportRun.State.APPLIED:
                self._forget(run)
        if run.state == ImportRun.State.FAILED:
            raise CommandError(file_text((run.error or {})["code"]))
        self._report(run, seconds=time.monotonic() - began, as_json=options["json"], checked=options["check"])
        if run.counts["bad"] and not any(run.counts[verdict] for verdict in ("new", "changed", "same")):
            sys.exit(1)

    def options_from(self, options: dict[str, Any]) -> dict[str, Any]:
        """What the kind's own arguments mean for the run."""
        return {}

    def refuse_early(self) -> None:
        """Raises CommandError if nothing could be imported whatever the file says."""

    def _stage(self, path: Path) -> ImportRun:
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        try:
            return stage(kind=self.kind, path=path, file_name=path.name, by=None, at=timezone.now())
        except SheetProblem as problem:
            raise CommandError(file_text(problem.code, problem.params)) from problem

    def match(self, run: ImportRun, options: dict[str, Any]) -> None:
        if options["sheet"]:
            self._choose_sheet(run, options["sheet"])
        texts = run.sheets[run.sheet]["header"]["texts"]
        columns = dict(run.columns)
        for pair in options["map"]:
            heading, _sign, name = pair.rpartition("=")
            columns = {field: column for field, column in columns.items() if column != self._column(heading, texts)}
            if name:
                columns[self._field(name)] = self._column(heading, texts)
        missing = [field for field in kind_of(self.kind).fields if field.required and field.name not in columns]
        if missing:
            raise CommandError(
                _("No column for: %(fields)s. Columns of the file: %(columns)s. Use --map COLUMN=FIELD.")
                % {"fields": ", ".join(field.name for field in missing), "columns": ", ".join(filter(None, texts))}
            )
        self._say_columns(columns, texts)
        choose_columns(
            run,
            sheets=engine.chosen_sheets(run),
            header_row=run.header_row,
            header_rows=run.header_rows,
            columns=columns,
            options=self.options_from(options),
        )

    def _choose_sheet(self, run: ImportRun, wanted: str) -> None:
        names = [sheet["name"] for sheet in run.sheets]
        number = names.index(wanted) if wanted in names else int(wanted) - 1 if wanted.isdigit() else -1
        if not 0 <= number < len(names):
            raise CommandError(
                _("No sheet %(name)s; there are: %(names)s.") % {"name": wanted, "names": ", ".join(names)}
            )
        header = run.sheets[number]["header"]
        run.sheet, run.header_row, run.header_rows = number, header["row"], header["rows"]
        run.options = {**run.options, "sheets": [number]}

    def _column(self, heading: str, texts: list[str]) -> int:
        """A column by its heading, or by its number counted from 1."""
        words = [plain(text) for text in texts]
        if heading in texts:
            return texts.index(heading)
        if plain(heading) in words:
            return words.index(plain(heading))
        if heading.isdigit() and 1 <= int(heading) <= len(texts):
            return int(heading) - 1
        raise CommandError(
            _("No column %(name)s; there are: %(names)s.") % {"name": heading, "names": ", ".join(filter(None, texts))}
        )

    def _field(self, name: str) -> str:
        names = [field.name for field in kind_of(self.kind).fields]
        if name not in names:
            raise CommandError(
                _("No field %(name)s; there are: %(names)s.") % {"name": name, "names": ", ".join(names)}
            )
        return name

    def _map_help(self) -> str:
        return "fields: " + ", ".join(field.name for field in kind_of(self.kind).fields)

    def _say_columns(self, columns: dict[str, int], texts: list[str]) -> None:
        for name, column in columns.items():
            self.stdout.write(f"  {texts[column] if column < len(texts) else column + 1} → {name}")

    def _say_problems(self, run: ImportRun) -> None:
        bad = ImportRow.objects.filter(run=run, verdict=ImportRow.Verdict.BAD).order_by("sheet", "number")
        for row in bad[:SHOWN_PROBLEMS]:
            for problem in row.problems:
                heading = column_name(run, problem["field"])
                reason = problem_text(self.kind, problem)
                self.stdout.write(
                    _("row %(row)s, %(column)s, “%(value)s”: %(reason)s")
                    % {"row": row.number, "column": heading, "value": problem["value"], "reason": reason}
                )
        if run.counts["bad"] > SHOWN_PROBLEMS:
            self.stdout.write(_("… and %(count)s more.") % {"count": run.counts["bad"] - SHOWN_PROBLEMS})

    def _report(self, run: ImportRun, *, seconds: float, as_json: bool, checked: bool) -> None:
        counts = run.counts
        figures = {
            "rows": sum(counts[verdict] for verdict in ("new", "changed", "same", "bad")),
            "created": counts["new"],
            "changed": counts["changed"],
            "same": counts["same"],
            "bad": counts["bad"],
            "skipped": counts.get("skipped", 0),
            **{name: counts.get(name, 0) for name in self.extra_counts},
        }
        done = _("Would be done (nothing was changed):") if checked else _("Done:")
        self.stdout.write(f"{done} " + ", ".join(f"{name} {value}" for name, value in figures.items()))
        if as_json:
            timing = {"seconds": round(seconds, 2), "write_seconds": counts.get("write_seconds", 0)}
            self.stdout.write(json.dumps({**figures, **timing, "run": run.pk, "checked_only": checked}))

    def _forget(self, run: ImportRun) -> None:
        ImportRow.objects.filter(run=run).delete()
        ImportRun.objects.filter(pk=run.pk).exclude(state=ImportRun.State.FAILED).delete()
