"""What the library has to reach its goals with, as of today."""

from collections import Counter
from datetime import date
from decimal import Decimal

from circulation.models import LoanPolicy
from circulation.queries.settings import policies
from circulation.queries.visits import enrolment
from circulation.rules.policies import policy_for
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import classes_on, school_year_on
from reports.queries.holdings import holdings_on
from reports.queries.settings import all_goals, standing
from reports.rules.goals import Means


def means_on(reference: Reference, today: date) -> Means:
    """Pupils by grade, copies, the rule of lending to pupils, and the goals for books per student."""
    held = holdings_on(today, today=today)
    rule = rule_of_lending(reference, today)
    return Means(
        students=students_by_grade(reference, today),
        circulating_copies=held.circulating_copies,
        copies_held=held.copies,
        loan_days=rule.loan_days if rule else None,
        max_loans=rule.max_loans if rule else None,
        books_goals=_books_goals(reference, today),
    )


def rule_of_lending(reference: Reference, today: date) -> LoanPolicy | None:
    """The rule by which pupils borrow books of any material."""
    return policy_for(policies(reference), category=Reader.Category.STUDENT, material="", on=today)


def students_by_grade(reference: Reference, day: date) -> dict[tuple[str, int], int]:
    """{(stage, position): pupils enrolled}; those in no class of that year are under ("", 0). One statement."""
    places = {row.pk: (row.stage, row.position) for row in classes_on(reference, day)}
    found: Counter[tuple[str, int]] = Counter()
    for class_id, number in enrolment(day).items():
        found[places.get(class_id, ("", 0))] += number
    return dict(found)


def _books_goals(reference: Reference, today: date) -> dict[str, Decimal]:
    year = school_year_on(reference, today)
    goals = standing(all_goals(reference), year.start_year) if year else []
    own = (goal for goal in goals if goal.figure == "books_per_student" and not goal.stage)
    return {goal.per: goal.target for goal in own if goal.target is not None}
