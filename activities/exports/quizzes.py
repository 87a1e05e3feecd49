"""The bank of questions and the points of a class as tables to keep."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Question
from activities.queries.quizzes import PupilLine
from activities.rules.questions import LETTERS, as_letters
from library_site.shared.spreadsheets import Column, Table


def bank_table(rows: Iterable[Question]) -> Table[Question]:
    """The bank, with the headings that its import knows."""
    columns: list[Column[Question]] = [
        Column(gettext_lazy("Question"), lambda row: row.text, 50),
        *(Column(letter, _option(place), 18) for place, letter in enumerate(LETTERS)),
        Column(gettext_lazy("Answer"), lambda row: as_letters(row.right), 8),
        Column(gettext_lazy("Explanation"), lambda row: row.explanation, 30),
        Column(gettext_lazy("Book"), lambda row: row.title.name if row.title else "", 24),
        Column(gettext_lazy("booklist"), lambda row: row.book_list.name if row.book_list else "", 24),
    ]
    return Table(_("Question bank"), columns, rows)


def _option(place: int) -> Callable[[Question], str]:
    return lambda row: row.options[place] if place < len(row.options) else ""


def points_table(lines: Sequence[PupilLine], *, name: str) -> Table[PupilLine]:
    """A class with its points; empty where nobody answered."""
    columns: list[Column[PupilLine]] = [
        Column(gettext_lazy("No."), lambda row: row.position, 6),
        Column(gettext_lazy("school number"), lambda row: row.reader.number, 14),
        Column(gettext_lazy("name"), lambda row: row.reader.name, 14),
        Column(gettext_lazy("points"), lambda row: row.attempt.points if row.attempt else None, 8),
        Column(gettext_lazy("answers"), lambda row: " ".join(row.letters) if row.is_done else "", 40),
    ]
    return Table(name, columns, lines, act="export.quiz_points")
