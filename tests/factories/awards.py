"""Awards and what they propose."""

from activities.models import AwardRule, AwardRun
from activities.operations.awards import propose_award
from library_site.shared.reference import current_reference
from readers.models import Semester
from tests.factories.honours import NOW

BY_LOANS = [{"figure": "loans", "least": 1}, {"figure": "loans", "order": "most"}]


def make_rule(name: str = "阅读之星", whom: str = "pupil", **fields: object) -> AwardRule:
    """An award of pupils for the most books, one in each class."""
    values = {"criteria": BY_LOANS, "most": 1, "share": "class", **fields}
    return AwardRule.objects.create(name=name, whom=whom, **values)


def this_semester() -> Semester:
    """The first of 2026–2027."""
    return Semester.objects.get(number=1, school_year__start_year=2026)


def make_run(rule: AwardRule, **fields: object) -> AwardRun:
    """The award proposed for this semester on 20 November."""
    values = {"semester": this_semester(), "reference": current_reference(), "by": None, "at": NOW, **fields}
    return propose_award(rule_id=rule.pk, **values)
