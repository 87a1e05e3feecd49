"""The style page: every component once, with the kind of content that it will hold. Developers only."""

from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library_site.shared.charts import Chart, Series

ROWS = [
    ("I287.45/12", _("Sample: Straw House"), _("Sample: Class 3(1)"), 16.00, "ok", _("on the shelf")),
    ("I287.7/203", _("Sample: Chinese fairy tales"), _("Sample: Class 3(2)"), 28.50, "warn", _("due tomorrow")),
    ("Q95-49/8", _("Sample: Insects of the field"), _("Sample: Class 5(1)"), 36.00, "bad", _("3 days late")),
    ("K209/31", _("Sample: History in stories"), _("Sample: Class 6(2)"), 45.00, "info", _("reserved")),
    ("Z228.1/5", _("Sample: A child's encyclopaedia"), "", 128.00, "quiet", _("reading room only")),
]
PROBLEMS = [
    SimpleNamespace(
        message=_("Two books are already out; the limit is two."),
        overridable=True,
        link=SimpleNamespace(url="#", text=_("See the books")),
    ),
    SimpleNamespace(message=_("This book is for the reading room only."), overridable=False, link=None),
]


def _charts() -> list[Chart]:
    """One of each kind."""
    classes = ["3(1)", "3(2)", "4(1)", "4(2)", "5(1)", "5(2)"]
    weeks = [str(week) for week in range(1, 19)]
    this, last = _("this year"), _("last year")
    trend = Series(this, [120, 180, 210, 190, 230, 242, 251, 199, 260, 281, 276, None, *[None] * 6])
    before = Series(last, [90 + 7 * week % 60 for week in range(18)])
    share, loans = (
        Series(_("share of the collection"), [1.5, 2.0, 61.2, 30.1, 5.2]),
        Series(_("share of loans"), [0.2, 1.1, 82.4, 15.2, 1.1]),
    )
    per_class, by_class = (
        Series(_("Books per student"), [4.1, 3.8, 5.2, None, 2.9, 3.3]),
        _("Books per student by class"),
    )
    divisions = ["A", "B", "C–K", "N–X", "Z"]
    return [
        Chart("bar-chart", "bar", by_class, classes, [per_class], goal=4, goal_name=_("Goal"), heading=_("Class")),
        Chart("line-chart", "line", _("Books lent by week"), weeks, [trend, before], heading=_("Week")),
        Chart(
            "stacked-chart",
            "stacked",
            _("Books lent by week"),
            weeks[:6],
            [Series(this, trend.values[:6]), Series(last, before.values[:6])],
            heading=_("Week"),
        ),
        Chart(
            "pair-chart",
            "pair",
            _("Collection and loans by division"),
            divisions,
            [share, loans],
            "%",
            heading=_("Class"),
        ),
        Chart(
            "share-chart", "share", _("Collection and loans by division"), divisions, [share], "%", heading=_("Class")
        ),
        Chart(
            "goal-chart",
            "goal",
            _("Goal"),
            [_("Books per student"), _("Borrowing rate")],
            [Series(_("reached"), [82, 104])],
            "%",
        ),
    ]


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As it stands on the card."))
    copies = forms.IntegerField(label=_("Copies"), min_value=1)
    place = forms.ChoiceField(label=_("Place"), choices=[("1", _("Lending stacks")), ("2", _("Reading room"))])
    notify = forms.BooleanField(label=_("Print labels at once"), required=False, initial=True)


def style(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    if request.GET.get("messages"):
        messages.success(request, _("12 copies were added."))
        messages.error(request, _("The file could not be read."))
    context = {
        "rows": ROWS,
        "problems": PROBLEMS,
        "form": SampleForm({"name": "", "copies": "0", "place": "1"}),
        "page": Paginator(range(1, 480), 20).get_page(request.GET.get("page", 7)),
        "today": timezone.localdate(),
        "charts": _charts(),
        "kinds": ["ok", "warn", "bad", "info", "quiet"],
    }
    return render(request, "style.html", context)
