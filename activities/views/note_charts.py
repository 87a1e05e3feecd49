"""The charts of notes: what they are called, and what stands in their tables."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from activities.queries.note_counts import ClassCount
from library_site.shared.charts import Chart, Series


def weeks_chart(rows: Sequence[ClassCount], mondays: Sequence[date]) -> Chart:
    """Notes of all these classes week by week."""
    sums = [sum(row.weeks[place] for row in rows) for place in range(len(mondays))]
    return Chart(
        ident="notes-weeks",
        kind="bar",
        title=_("Notes by week"),
        heading=_("Week from"),
        names=[f"{monday:%m-%d}" for monday in mondays],
        series=[Series(_("Notes"), sums)],
    )
