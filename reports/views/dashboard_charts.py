"""The charts of the dashboard: what they are called, and what stands in their tables."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from library_site.shared.charts import Chart, Series
from readers.models import Semester
from reports.queries.collection.classes import ClassTable
from reports.queries.dashboard import Leaders, WeekLine


def trend_chart(lines: Sequence[WeekLine]) -> Chart:
    """Loans week by week; semesters to compare with begin at their own first week."""
    weeks = max((len(line.loans) for line in lines), default=0)
    return Chart(
        ident="dashboard-trend",
        kind="line",
        title=_("Books lent by week"),
        heading=_("Week of the semester"),
        names=[str(number) for number in range(1, weeks + 1)],
        series=[
            Series(_called(line.semester, lines[0].semester), [*line.loans, *[None] * (weeks - len(line.loans))])
            for line in lines
        ],
    )


def _called(one: Semester, this: Semester) -> str:
    """Short names: on a phone three stand beside each other."""
    if one == this:
        return _("This semester")
    return _("Last semester") if one.number != this.number else _("The same a year ago")


def leaders_chart(found: Leaders) -> Chart:
    """The first classes, from the top."""
    return Chart(
        ident="dashboard-leaders",
        kind="pair",
        title=_("Classes that borrowed most"),
        heading=_("Class"),
        unit=_("books per student"),
        names=[f"{line.place}. {line.row.name}" for line in found.school],
        series=[Series(_("Books per student"), [line.value for line in found.school])],
    )


def shares_chart(table: ClassTable) -> Chart:
    """The divisions' shares of the collection and of the loans, the books in no class among them."""
    rows = [row for row in table.rows if row.kind in ("division", "other") and (row.copies or row.loans)]
    return Chart(
        ident="dashboard-shares",
        kind="pair",
        title=_("Share of the collection and of the loans"),
        heading=_("Division"),
        unit="%",
        names=[row.name or _("Without a class") for row in rows],
        series=[
            Series(_("share of the collection"), [row.share_of_copies for row in rows]),
            Series(_("share of loans"), [row.share_of_loans for row in rows]),
        ],
    )
