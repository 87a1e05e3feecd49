"""Who is commended in a semester."""

from collections.abc import Mapping
from dataclasses import dataclass

from library_site.shared.reference import Reference
from readers.models import CommendationChoice, Semester
from readers.queries.helpers import HelperRow, helper_options
from readers.queries.service import minutes_of
from readers.rules.helpers import has_earned_it, is_commended


@dataclass(frozen=True)
class CommendationRow:
    """One helper with what was reckoned and what the librarian said."""

    helper: HelperRow
    minutes: int
    acts: int
    has_earned_it: bool
    choice: CommendationChoice | None

    @property
    def is_commended(self) -> bool:
        return is_commended(self.has_earned_it, self.choice)


def commendations(
    semester: Semester, helpers: list[HelperRow], acts: Mapping[int, int], reference: Reference
) -> list[CommendationRow]:
    """All helpers and keepers of a semester; `acts` by reader, which are known to circulation only. Two statements."""
    options = helper_options(reference)
    minutes = minutes_of(semester)
    choices = {row.appointment_id: row for row in CommendationChoice.objects.filter(appointment__semester=semester)}
    rows = []
    for helper in helpers:
        served, done = minutes.get(helper.appointment.pk, 0), acts.get(helper.reader.pk, 0)
        earned = has_earned_it(options, minutes=served, acts=done)
        rows.append(CommendationRow(helper, served, done, earned, choices.get(helper.appointment.pk)))
    return rows
