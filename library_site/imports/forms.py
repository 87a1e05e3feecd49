"""What the librarian enters about a sheet: the file, what its columns mean, and what holds for all its rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from library_site.forms.fields import DayField
from library_site.imports.fields import kind_of
from library_site.models import ImportRun


def dressed(form: forms.Form) -> None:
    """Fields that stand outside crispy layouts look like those within."""
    for field in form.fields.values():
        is_choice = isinstance(field.widget, forms.Select)
        field.widget.attrs.setdefault("class", "form-select" if is_choice else "form-control")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Sheet (.xlsx, .xls, .csv)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.tsv,.txt"}),
    )


class RecordsForm(forms.Form):
    file = forms.FileField(
        label=_("MARC file (ISO 2709 or MARCXML)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".iso,.mrc,.marc,.dat,.txt,.xml"}),
    )


class LayoutForm(forms.Form):
    """Where the headings stand."""

    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int)
    header_row = forms.IntegerField(label=_("Headings in row"), min_value=1, max_value=1000)
    header_rows = forms.TypedChoiceField(label=_("Rows of the headings"), coerce=int, choices=[(1, "1"), (2, "2")])

    def __init__(self, run: ImportRun, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [  # type: ignore[attr-defined]
            (index, sheet["name"] or str(index + 1)) for index, sheet in enumerate(run.sheets) if sheet["rows"]
        ]
        dressed(self)


class ColumnsForm(forms.Form):
    """One choice per column; what each field is, at most once, and the required ones all."""

    def __init__(self, run: ImportRun, headings: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind_of(run.kind)
        self.width = len(headings)
        choices = [("", _("— leave out —")), *((field.name, field.label) for field in self.kind.fields)]
        for column, heading in enumerate(headings):
            self.fields[f"column{column}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": column + 1}, choices=choices, required=False
            )
        dressed(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.columns: dict[str, int] = {}
        for column in range(self.width):
            name = cleaned.get(f"column{column}")
            if name and name in self.columns:
                self.add_error(f"column{column}", _("Another column is this already."))
            elif name:
                self.columns[name] = column
        missing = [str(field.label) for field in self.kind.fields if field.required and field.name not in self.columns]
        if missing:
            self.add_error(None, _("Say which column is: %(fields)s.") % {"fields": ", ".join(missing)})
        return cleaned


class HoldingsOptions(forms.Form):
    location = forms.CharField(
        label=_("Place of copies whose row names none"),
        max_length=60,
        required=False,
        help_text=_("A new name makes a new place."),
    )
    default_copies = forms.IntegerField(
        label=_("Copies of a row that does not say how many"), min_value=0, max_value=100, initial=1
    )


class MarcOptions(forms.Form):
    own_holdings = forms.BooleanField(
        label=_("The copies and call numbers in these records are ours"),
        help_text=_("Fields 905, 852, 949. Leave this out for records of other libraries."),
        required=False,
        initial=True,
    )
    location = forms.CharField(
        label=_("Place of the new copies"), max_length=60, required=False, help_text=_("A new name makes a new place.")
    )
    source = forms.ChoiceField(
        label=_("Where the books are from"),
        choices=[
            ("unknown", _("Unknown")),
            ("purchase", _("Purchase")),
            ("allocation", _("Allocation")),
            ("donation", _("Donation")),
            ("other", _("Other")),
        ],
    )
    default_copies = forms.IntegerField(
        label=_("Copies of a record that names none"),
        min_value=0,
        max_value=100,
        initial=0,
        help_text=_("They get the next free numbers."),
    )


class RosterOptions(forms.Form):
    category = forms.ChoiceField(
        label=_("Who the rows are, unless they say so"),
        choices=[("student", _("Students")), ("teacher", _("Teachers")), ("staff", _("Staff"))],
    )
    since = DayField(label=_("In these classes from"))
    give_cards = forms.BooleanField(label=_("Give a card number to everybody without a card"), required=False)


def options_form(run: ImportRun, *args: Any, **kwargs: Any) -> forms.Form:
    """The options of this kind of import."""
    forms_of = {"holdings": HoldingsOptions, "marc": MarcOptions, "roster": RosterOptions}
    return forms_of[run.kind](*args, **kwargs)


def options_of(form: forms.Form) -> dict[str, Any]:
    """Options as JSON."""
    day = form.cleaned_data.get("since")
    return {**form.cleaned_data, **({"since": day.isoformat()} if day else {})}
