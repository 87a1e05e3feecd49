"""The style page: every component once, with the kind of content that it will hold. Developers only."""

from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
        "kinds": ["ok", "warn", "bad", "info", "quiet"],
    }
    return render(request, "style.html", context)
