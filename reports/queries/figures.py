"""The figures that schools report, one function each, under the codes of `reports.rules.catalogue`.

A figure whose facts do not exist (loans of a semester before the first loan in the system) is None: unknown, not 0.
Definitions after the work plans that schools publish and the national standard (教基〔2018〕5号).
"""

from collections.abc import Callable
from decimal import Decimal

from reports.models import ReportOptions
from reports.queries.facts import Facts
from reports.rules.catalogue import CATALOGUE
from reports.rules.figures import Figure

Rate = ReportOptions.CirculationRate


def books_per_student(facts: Facts) -> Figure | None:
    """生均借书册数 = student loans in the period ÷ students enrolled (on its last day, or today while it runs)."""
    return _loans(facts, "books_per_student", facts.student_loans, facts.students)


def circulation_rate(facts: Facts) -> Figure | None:
    """流通率, by the school's definition: all loans ÷ copies in the circulating collection × 100 % (default), all
    loans ÷ everybody who borrowed, or copies lent at least once ÷ circulating copies × 100 %."""
    variant = facts.circulation_variant
    over, under = {
        Rate.BY_COPIES: (facts.all_loans, facts.circulating_copies),
        Rate.BY_BORROWERS: (facts.all_loans, facts.all_borrowers),
        Rate.COPIES_LENT: (facts.copies_lent, facts.circulating_copies),
    }[Rate(variant)]
    return _loans(facts, "circulation_rate", over, under, variant=variant)


def utilisation(facts: Facts) -> Figure | None:
    """利用率 = distinct copies lent at least once in the period ÷ copies in the circulating collection × 100 %."""
    return _loans(facts, "utilisation", facts.copies_lent, facts.circulating_copies)


def borrowing_rate(facts: Facts) -> Figure | None:
    """借书率 = students who borrowed at least once in the period ÷ students enrolled × 100 %."""
    return _loans(facts, "borrowing_rate", facts.borrowers, facts.students)


def weekly_borrowing_rate(facts: Facts) -> Figure | None:
    """周借书率 = mean of 借书率 over the weeks with open days that are over: the students who borrowed in each, summed
    up ÷ (students enrolled × weeks) × 100 %."""
    return _loans(facts, "weekly_borrowing_rate", facts.week_borrowers, facts.students * facts.weeks)


def loans_per_student_month(facts: Facts) -> Figure | None:
    """人均月借书册数 = student loans in the period ÷ (students enrolled × months with open days so far)."""
    return _loans(facts, "loans_per_student_month", facts.student_loans, facts.students * facts.months)


def card_coverage(facts: Facts) -> Figure:
    """借书证覆盖率 = students with a card valid on the last day ÷ students enrolled × 100 %."""
    return _figure(facts, "card_coverage", facts.cards, facts.students)


def visits(facts: Facts) -> Figure | None:
    """阅览人次 = people in the reading rooms in the period, the electronic reading room left out."""
    return _visits(facts, "visits", facts.visits)


def visits_per_student(facts: Facts) -> Figure | None:
    """生均到馆次数 = visits by pupils and with their class in the period ÷ students enrolled."""
    return _visits(facts, "visits_per_student", facts.student_visits, facts.students)


def additions_per_student(facts: Facts) -> Figure:
    """生均新增 = copies acquired in the school year so far ÷ students enrolled (规程: at least one a year)."""
    return _figure(facts, "additions_per_student", facts.additions_in_year, facts.students)


def holdings_per_student(facts: Facts) -> Figure:
    """生均藏书 = copies held on the last day ÷ students enrolled."""
    return _figure(facts, "holdings_per_student", facts.copies_held, facts.students)


def student_loans(facts: Facts) -> Figure | None:
    """Loans in the name of students in the period, those of book corners included."""
    return _loans(facts, "student_loans", facts.student_loans)


def teacher_loans(facts: Facts) -> Figure | None:
    """Loans in the name of teachers and staff in the period."""
    return _loans(facts, "teacher_loans", facts.teacher_loans)


def all_loans(facts: Facts) -> Figure | None:
    """Loans in anybody's name in the period; neither class loans nor use in the room."""
    return _loans(facts, "all_loans", facts.all_loans)


def corner_loans(facts: Facts) -> Figure | None:
    """Those of the students' loans that were made at a book corner."""
    return _loans(facts, "corner_loans", facts.corner_loans)


def class_loans(facts: Facts) -> Figure | None:
    """Books lent in a class's name (集体借阅) in the period."""
    return _loans(facts, "class_loans", facts.class_loans)


def room_uses(facts: Facts) -> Figure | None:
    """Books used in the room (馆内阅览) in the period."""
    return _loans(facts, "room_uses", facts.room_uses)


def borrowers(facts: Facts) -> Figure | None:
    """Distinct students who borrowed in the period."""
    return _loans(facts, "borrowers", facts.borrowers)


def students(facts: Facts) -> Figure:
    """Students in a class on the last day of the period, or today."""
    return _figure(facts, "students", facts.students)


def circulating_copies(facts: Facts) -> Figure:
    """Copies held on the last day that may be taken home."""
    return _figure(facts, "circulating_copies", facts.circulating_copies)


def copies_held(facts: Facts) -> Figure:
    """馆藏册数 on the last day: neither withdrawn nor lost then."""
    return _figure(facts, "copies_held", facts.copies_held)


def titles_held(facts: Facts) -> Figure:
    """馆藏种数 on the last day: titles with at least one copy held."""
    return _figure(facts, "titles_held", facts.titles_held)


def value_held(facts: Facts) -> Figure:
    """Sum of the known prices of the copies held on the last day, in yuan."""
    return _figure(facts, "value_held", facts.value_held)


def additions(facts: Facts) -> Figure:
    """Copies acquired in the period, whatever became of them."""
    return _figure(facts, "additions", facts.additions)


def activities(facts: Facts) -> Figure | None:
    """Reading activities whose first day lies in the period; a festival counts by its parts, what was cancelled not."""
    return _known(facts, "activities", facts.reading.activities)


def participants(facts: Facts) -> Figure | None:
    """Participants of these: of each as counted by hand, else the most of registered, present, works, answers."""
    return _known(facts, "participants", facts.reading.participants)


def works(facts: Facts) -> Figure | None:
    """Works handed in in the period."""
    return _known(facts, "works", facts.reading.works)


def prizes(facts: Facts) -> Figure | None:
    """Lines of the register of honours of the period that were not taken back by its end."""
    return _known(facts, "prizes", facts.reading.prizes)


def reading_notes(facts: Facts) -> Figure | None:
    """Reading notes of pupils by the day they were written, drafts left out."""
    return _known(facts, "reading_notes", facts.reading.notes)


def notes_per_student(facts: Facts) -> Figure | None:
    """生均读书笔记 = reading notes of pupils in the period ÷ students enrolled (on its last day, or today)."""
    return _known(facts, "notes_per_student", facts.reading.notes, facts.students)


def suggestions(facts: Facts) -> Figure | None:
    """Books that readers suggested in the period, whatever became of them; what booklists lack is left out."""
    return _known(facts, "suggestions", facts.reading.suggestions)


def material_requests(facts: Facts) -> Figure | None:
    """Requests for material (为人找书) in the period."""
    return _known(facts, "material_requests", facts.reading.requests)


def _figure(
    facts: Facts, code: str, numerator: int | Decimal, denominator: int | None = None, *, variant: str = ""
) -> Figure:
    return Figure(code, variant, numerator, denominator, CATALOGUE[code].is_percent(variant), facts.period)


def _loans(
    facts: Facts, code: str, numerator: int, denominator: int | None = None, *, variant: str = ""
) -> Figure | None:
    return _figure(facts, code, numerator, denominator, variant=variant) if facts.loans_known else None


def _visits(facts: Facts, code: str, numerator: int, denominator: int | None = None) -> Figure | None:
    return _figure(facts, code, numerator, denominator) if facts.visits_known else None


def _known(facts: Facts, code: str, numerator: int | None, denominator: int | None = None) -> Figure | None:
    return None if numerator is None else _figure(facts, code, numerator, denominator)


FIGURES: dict[str, Callable[[Facts], Figure | None]] = {
    function.__name__: function
    for function in (
        books_per_student,
        circulation_rate,
        utilisation,
        borrowing_rate,
        weekly_borrowing_rate,
        loans_per_student_month,
        card_coverage,
        visits,
        visits_per_student,
        additions_per_student,
        holdings_per_student,
        student_loans,
        teacher_loans,
        all_loans,
        corner_loans,
        class_loans,
        room_uses,
        borrowers,
        students,
        circulating_copies,
        copies_held,
        titles_held,
        value_held,
        additions,
        activities,
        participants,
        works,
        prizes,
        reading_notes,
        notes_per_student,
        suggestions,
        material_requests,
    )
}
