"""What came out of a survey."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from activities.rules.surveys import Tally
from library_site.shared.spreadsheets import Column, Table

Line = tuple[str, str, int | None, Decimal | None]


def outcome_table(name: str, rows: Sequence[Tally]) -> Table[Line]:
    """One line an option with its answers and their share; a line for each answer in own words."""
    columns: list[Column[Line]] = [
        Column(_("Question"), lambda line: line[0], 40),
        Column(_("Option or answer"), lambda line: line[1], 40),
        Column(_("Chosen by"), lambda line: line[2], 10),
        Column(_("Share, per cent"), lambda line: line[3], 10),
    ]
    return Table(name, columns, [line for row in rows for line in _lines(row)])


def _lines(row: Tally) -> list[Line]:
    counted: list[Line] = [(row.question.text, text, number, share) for text, number, share in row.rows]
    return counted + [(row.question.text, words, None, None) for words in row.words]
