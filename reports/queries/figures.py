"""The figures that schools report, one function each; definitions after the work plans that schools publish.

Goals and variants of a formula are settings of a later day; these are the defaults.
"""

from reports.queries.facts import Facts
from reports.rules.figures import Figure


def books_per_student(facts: Facts) -> Figure:
    """生均借书册数 = student loans in the period ÷ students enrolled (on its last day, or today while it runs)."""
    return Figure(facts.student_loans, facts.students, percent=False, period=facts.period)


def circulation_rate(facts: Facts) -> Figure:
    """流通率 = all loans in the period ÷ copies in the circulating collection × 100 %."""
    return Figure(facts.all_loans, facts.circulating_copies, percent=True, period=facts.period)


def borrowing_rate(facts: Facts) -> Figure:
    """借书率 = students who borrowed at least once in the period ÷ students enrolled × 100 %."""
    return Figure(facts.borrowers, facts.students, percent=True, period=facts.period)
