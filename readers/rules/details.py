"""What is kept about a reader: as tidy as the import leaves it, and what must not be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from library_site.shared.codes import normalise_code
from library_site.shared.pinyin import pinyin_of_name
from library_site.shared.problems import Problem
from readers.models import Reader
from readers.rules.identity import without_identity_numbers

STUDENT = Reader.Category.STUDENT


@dataclass(frozen=True)
class Details:
    """Who a reader is, as typed."""

    name: str
    category: str
    number: str = ""
    note: str = ""

    def columns(self) -> dict[str, str]:
        """The values to be written, with the pinyin that the name is found by."""
        name = tidy_name(self.name)
        sound = pinyin_of_name(name)
        return {
            "name": name,
            "category": self.category,
            "number": normalise_code(self.number),
            "note": self.note.strip(),
            "pinyin": sound.full[:200],
            "initials": sound.initials[:64],
        }


def tidy_name(name: str) -> str:
    """Without blanks where it is Chinese (张 三), with single ones where it is not (Anna Smith)."""
    return (" " if name.isascii() else "").join(name.split())


def detail_problems(details: Details, *, owner_of_number: Reader | None) -> list[Problem]:
    """What may not be kept; `owner_of_number` is another reader who bears the number."""
    problems = [
        Problem("identity_number", _("This is an identity number, which may not be kept here."), field=field)
        for field, text in (("name", details.name), ("number", details.number), ("note", details.note))
        if without_identity_numbers(text) != text
    ]
    if owner_of_number is not None:
        message = _("This number belongs to %(name)s.") % {"name": owner_of_number.name}
        problems.append(Problem("number_taken", message, field="number"))
    return problems


def place_problems(category: str, class_id: int | None, since: date | None, *, today: date) -> list[Problem]:
    """Whether a new reader of this category may begin in this class on this day."""
    pupil = category == STUDENT
    reasons = {
        Problem("class_missing", _("A pupil is in a class."), field="school_class"): pupil and class_id is None,
        Problem("not_a_pupil", _("Only pupils are in a class."), field="school_class"): (
            not pupil and class_id is not None
        ),
        Problem("day_missing", _("Since which day?"), field="since"): class_id is not None and since is None,
        Problem("day_to_come", _("This day is yet to come."), field="since"): since is not None and since > today,
    }
    return [problem for problem, holds in reasons.items() if holds]


def category_problems(before: str, after: str, *, was_in_class: bool) -> list[Problem]:
    """A pupil who was ever in a class is counted in past semesters, and stays a pupil."""
    if before == after or STUDENT not in {before, after} or not was_in_class:
        return []
    message = _("Past semesters count this pupil: the category stays.")
    return [Problem("counted_as_pupil", message, _("Enter a new reader instead."), field="category")]


def changed(reader: Reader, columns: dict[str, str]) -> Sequence[str]:
    """The columns that differ."""
    return [name for name, value in columns.items() if getattr(reader, name) != value]
