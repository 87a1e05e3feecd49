"""The figures that the library reports: what each is called, how it is reckoned and where the formula comes from.

The order is that of the report. The functions that reckon them have the same codes (`reports.queries.figures`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.models import Goal, ReportOptions

Words = str | Promise
Per = Goal.Per
ANY = (Per.WEEK, Per.MONTH, Per.SEMESTER, Per.YEAR)
TERMS = (Per.SEMESTER, Per.YEAR)

PLANS = _("work plans of schools")
STANDARD = _("national standard for school libraries")
OWN = _("own count")

BOOKS = pgettext_lazy("unit", "books")
COPIES = pgettext_lazy("unit", "copies")
TITLES = pgettext_lazy("unit", "titles")
STUDENTS = pgettext_lazy("unit", "students")
VISITS = pgettext_lazy("unit", "visits")
YUAN = pgettext_lazy("unit", "yuan")
TIMES = pgettext_lazy("unit", "times")
PEOPLE = pgettext_lazy("unit", "people")
PIECES = pgettext_lazy("unit", "pieces")
NOTES = pgettext_lazy("unit", "notes")


@dataclass(frozen=True)
class FigureSpec:
    """What a figure is. `per`: periods that a goal for it may have, none where a goal makes no sense.

    `variants` are {name: formula} where schools mean different sums by one word; the first is the default. Those in
    `plain` are no percentages though the figure is. A whole number is shown without decimals.
    """

    code: str
    name: Words
    formula: Words
    unit: Words = ""
    percent: bool = False
    source: Words = OWN
    variants: Mapping[str, Words] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()
    per: tuple[str, ...] = TERMS
    higher_is_better: bool = True
    whole_number: bool = False

    def formula_of(self, variant: str) -> Words:
        return self.variants.get(variant, self.formula)

    def is_percent(self, variant: str) -> bool:
        return self.percent and variant not in self.plain

    def unit_of(self, variant: str) -> Words:
        return "%" if self.is_percent(variant) else self.unit


def _count(code: str, name: Words, formula: Words, unit: Words, **more: Any) -> FigureSpec:
    return FigureSpec(code, name, formula, unit, whole_number=True, **more)


_Rate = ReportOptions.CirculationRate

SPECS = (
    FigureSpec(
        "books_per_student",
        _("Books per student"),
        _("loans by students ÷ students enrolled"),
        BOOKS,
        source=PLANS,
        per=ANY,
    ),
    FigureSpec(
        "circulation_rate",
        _("Circulation rate"),
        _("all loans ÷ copies in the circulating collection × 100%"),
        percent=True,
        source=PLANS,
        variants={
            _Rate.BY_COPIES.value: _("all loans ÷ copies in the circulating collection × 100%"),
            _Rate.BY_BORROWERS.value: _("all loans ÷ everybody who borrowed"),
            _Rate.COPIES_LENT.value: _("copies lent at least once ÷ copies in the circulating collection × 100%"),
        },
        plain=frozenset({_Rate.BY_BORROWERS.value}),
        per=(Per.MONTH, Per.SEMESTER, Per.YEAR),
    ),
    FigureSpec(
        "utilisation",
        _("Utilisation"),
        _("copies lent at least once ÷ copies in the circulating collection × 100%"),
        percent=True,
        source=PLANS,
    ),
    FigureSpec(
        "borrowing_rate",
        _("Borrowing rate"),
        _("students who borrowed ÷ students enrolled × 100%"),
        percent=True,
        source=PLANS,
        per=ANY,
    ),
    FigureSpec(
        "weekly_borrowing_rate",
        _("Borrowing rate of a week"),
        _("students who borrowed in each week, summed up ÷ (students enrolled × weeks with open days) × 100%"),
        percent=True,
        source=PLANS,
        per=(Per.SEMESTER, Per.YEAR),
    ),
    FigureSpec(
        "loans_per_student_month",
        _("Books per student and month"),
        _("loans by students ÷ (students enrolled × months with open days)"),
        BOOKS,
        source=PLANS,
    ),
    FigureSpec(
        "card_coverage",
        _("Card coverage"),
        _("students with a valid card ÷ students enrolled × 100%"),
        percent=True,
        source=PLANS,
    ),
    _count("visits", _("Visits"), _("people in the reading rooms, the electronic one left out"), VISITS, per=ANY),
    FigureSpec(
        "visits_per_student",
        _("Visits per student"),
        _("visits by pupils and with their class ÷ students enrolled"),
        VISITS,
        source=PLANS,
        per=ANY,
    ),
    FigureSpec(
        "additions_per_student",
        _("New books per student"),
        _("copies acquired in the school year so far ÷ students enrolled"),
        BOOKS,
        source=STANDARD,
        per=(Per.YEAR,),
    ),
    FigureSpec(
        "holdings_per_student",
        _("Holdings per student"),
        _("copies held on the last day ÷ students enrolled"),
        BOOKS,
        source=STANDARD,
    ),
    _count(
        "student_loans",
        _("Loans by students"),
        _("books lent to students, those of book corners included"),
        BOOKS,
        per=ANY,
    ),
    _count("teacher_loans", _("Loans by teachers"), _("books lent to teachers and staff"), BOOKS, per=ANY),
    _count("all_loans", _("All loans"), _("books lent to students, teachers and staff"), BOOKS, per=ANY),
    _count("corner_loans", _("Loans at book corners"), _("loans by students at a book corner"), BOOKS, per=ANY),
    _count("class_loans", _("Lent in a class's name"), _("books lent to a class as a whole, in no other count"), BOOKS),
    _count("room_uses", _("Used in the room"), _("books used in the room, in no other count"), BOOKS),
    _count("borrowers", _("Students who borrowed"), _("students who borrowed at least once"), STUDENTS, per=ANY),
    _count("students", _("Students enrolled"), _("students in a class on the last day, or today"), STUDENTS, per=()),
    _count(
        "circulating_copies",
        _("Circulating collection"),
        _("copies that may be taken home, held on the last day"),
        COPIES,
    ),
    _count("copies_held", _("Copies held"), _("copies on the last day, neither withdrawn nor lost"), COPIES),
    _count("titles_held", _("Titles held"), _("titles with at least one copy held on the last day"), TITLES),
    FigureSpec(
        "value_held",
        _("Value of the collection"),
        _("prices of the copies held on the last day, as far as known"),
        YUAN,
    ),
    _count("additions", _("New copies"), _("copies acquired in the period"), COPIES),
    _count(
        "activities",
        _("Reading activities held"),
        _("activities whose first day lies in the period, a festival by its parts"),
        TIMES,
    ),
    _count(
        "participants",
        _("Participants of activities"),
        _("of each activity as counted, else the most of registered, present, works and answers"),
        PEOPLE,
    ),
    _count("works", _("Works handed in"), _("works handed in to activities in the period"), PIECES),
    _count("prizes", _("Prizes and honours"), _("lines of the register of honours, those taken back left out"), PEOPLE),
    _count("reading_notes", _("Reading notes"), _("notes of pupils by the day they were written, no drafts"), NOTES),
    FigureSpec(
        "notes_per_student",
        _("Reading notes per student"),
        _("notes of pupils ÷ students enrolled"),
        NOTES,
        source=PLANS,
    ),
    _count("suggestions", _("Suggestions to buy"), _("books that readers suggested in the period"), TITLES),
    _count("material_requests", _("Requests for material"), _("requests of the period, whatever came of them"), TIMES),
)

CATALOGUE: dict[str, FigureSpec] = {spec.code: spec for spec in SPECS}
