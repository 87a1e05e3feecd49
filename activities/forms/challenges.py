"""A reading challenge."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.forms.grades import GradesMixin, grades_initial
from activities.models import Activity, BookList, Challenge
from library_site.forms.fields import DayField
from library_site.forms.layout import Row, Section

# Icons of bootstrap-icons that are drawn as badges.
BADGES = {
    "award": _("Ribbon"),
    "trophy": _("Cup"),
    "star": _("Star"),
    "book": pgettext_lazy("badge", "Book"),
    "rocket-takeoff": _("Rocket"),
    "gem": _("Gem"),
    "sun": pgettext_lazy("badge", "Sun"),
    "flower1": _("Flower"),
    "tree": _("Tree"),
    "lightbulb": _("Lamp"),
    "puzzle": _("Puzzle"),
    "globe-asia-australia": _("Globe"),
}
FIELDS = ("name", "goal", "target", "book_list", "starts_on", "ends_on", "badge", "words", "activity")


class ChallengeForm(GradesMixin):
    """Goal, list, days, for whom, and the badge."""

    name = forms.CharField(label=_("challenge"), max_length=60)
    goal = forms.ChoiceField(label=pgettext_lazy("challenge", "goal"), choices=Challenge.Goal.choices)
    target = forms.DecimalField(label=_("how many"), min_value=0.1, max_digits=6, decimal_places=1)
    book_list = forms.ModelChoiceField(
        label=_("booklist"), queryset=BookList.objects.order_by("-pk"), required=False, empty_label=_("no booklist")
    )
    starts_on = DayField(label=_("first day"))
    ends_on = DayField(label=_("last day"))
    badge = forms.ChoiceField(label=_("badge"), choices=list(BADGES.items()), widget=forms.RadioSelect)
    words = forms.CharField(label=_("words"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    activity = forms.ModelChoiceField(
        label=_("part of the activity"), queryset=Activity.objects.order_by("-starts_on"), required=False,
        empty_label=_("of none"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Section(
                _("The goal"), "name", Row("goal", "target"), "book_list",
                lead=_("A pupil's books count once each, however often they are borrowed. A class's goal is for each of"
                       " its pupils."),
            ),
            Section(
                _("Who and when"), Row("first", "last"), Row("starts_on", "ends_on"),
                lead=_("Who is meant takes part; nobody registers."),
            ),
            Section(_("What pupils see"), "words", "badge", "activity"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("goal") == Challenge.Goal.LIST and not cleaned.get("book_list"):
            self.add_error("book_list", _("Choose the booklist."))
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("This day lies before the first one."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The columns of a challenge; it keeps a booklist only if it is about one."""
        values = {name: self.cleaned_data[name] for name in FIELDS} | self.chosen_grades()
        if values["goal"] != Challenge.Goal.LIST:
            values["book_list"] = None
        return values


def initial_of(row: Challenge) -> dict[str, Any]:
    """What the form shows of a challenge; of a new one the usual badge."""
    if row.pk is None:
        return {"badge": row.badge}
    return {name: getattr(row, name) for name in FIELDS} | grades_initial(row)
