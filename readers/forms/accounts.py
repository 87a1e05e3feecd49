"""Accounts: finding, opening and changing them."""

from collections.abc import Collection, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library_site.forms.layout import Section
from library_site.models import Role, User
from library_site.models.school import Stage
from readers.models import Reader
from readers.queries.accounts import reader_of_number

USERNAME = r"^[a-z0-9][a-z0-9._@-]*$"


class AccountListForm(forms.Form):
    q = forms.CharField(label=_("Account or name"), required=False, max_length=64)
    role = forms.ChoiceField(label=_("Role"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("state of accounts", "All")),
            ("own", _("Has a password of one's own")),
            ("code", _("Waiting for the first login")),
            ("closed", pgettext_lazy("account", "Closed")),
        ],
    )

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"].choices = [("", pgettext_lazy("role", "All")), *choices]  # type: ignore[attr-defined]
        for name, look in (("q", "form-control"), ("role", "form-select"), ("state", "form-select")):
            self.fields[name].widget.attrs["class"] = look

    def asked(self) -> dict[str, str]:
        """What to look for; nonsense in the address asks for everything."""
        data = self.cleaned_data if self.is_valid() else {}
        return {"text": data.get("q", ""), "role": data.get("role", ""), "state": data.get("state", "")}


class RolesField(forms.MultipleChoiceField):
    """One or more roles of those that may be given."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Roles"), widget=forms.CheckboxSelectMultiple, **kwargs)


class NewAccountForm(forms.Form):
    username = forms.RegexField(
        USERNAME,
        label=_("Account"),
        max_length=64,
        help_text=_("Small letters and digits, for instance the pinyin of the name or the school number."),
        error_messages={"invalid": _("Only small letters, digits and . _ @ - are possible.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(label=_("Name"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    roles = RolesField(
        help_text=_("For the desk's computer that pupils share: student helper, and no reader below."),
    )
    person = forms.CharField(
        label=_("Is the reader with this school number or card"),
        required=False,
        max_length=32,
        help_text=_("Ties the account to what this person borrows; may be left empty."),
    )

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.reader: Reader | None = None

    def clean_username(self) -> str:
        return self.cleaned_data["username"].strip().lower()

    def clean_person(self) -> str:
        text = self.cleaned_data["person"]
        if text:
            self.reader = reader_of_number(text)
            if self.reader is None:
                raise forms.ValidationError(_("No reader has this school number or card."))
        return text


class AccountForm(forms.Form):
    """Changes an account."""

    name = forms.CharField(label=_("Name"), max_length=64)
    roles = RolesField()
    is_active = forms.BooleanField(
        label=_("Can log in"), required=False, help_text=_("Without the tick the account is closed; nothing is lost.")
    )

    def __init__(self, *args: Any, account: User, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"name": account.name, "roles": account.roles, "is_active": account.is_active}
        self.fields["roles"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class SelfServiceForm(forms.Form):
    """A tick for each grade whose pupils may log in; `grades` are the school's, `closed` those without."""

    def __init__(
        self,
        *args: Any,
        grades: Mapping[tuple[str, int], str],
        closed: Collection[tuple[str, int]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._keys = {f"{stage}_{position}": (stage, position) for stage, position in sorted(grades)}
        for name, key in self._keys.items():
            self.fields[name] = forms.BooleanField(
                label=_("Grade %(name)s") % {"name": grades[key]}, required=False, initial=key not in closed
            )
        self.helper = FormHelper()
        self.helper.form_tag = False
        stages = [stage for stage in Stage.values if any(own == stage for own, _position in grades)]
        self.helper.layout = Layout(
            *(Section(Stage(stage).label, *(n for n, key in self._keys.items() if key[0] == stage)) for stage in stages)
        )

    def opened(self) -> set[tuple[str, int]]:
        return {key for name, key in self._keys.items() if self.cleaned_data[name]}
