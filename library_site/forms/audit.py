"""What is searched for in the audit log."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library_site.audit_log.acts import ACTS
from library_site.audit_log.rows import LABELS, SYSTEM, Filters, kinds
from library_site.forms.fields import DayField
from library_site.models import Role, User

LABEL_TEXTS = {
    "insert": _("Added"),
    "update": _("Changed"),
    "delete": _("Deleted"),
    "look": _("Looked at"),
    "export": _("Exported"),
    "exception": _("Exception"),
}
STAFF = [Role.ADMINISTRATOR, Role.LIBRARIAN, Role.HELPER, Role.CLASS_KEEPER]


class AuditForm(forms.Form):
    """All fields may stay empty; a wrong one asks for nothing rather than for everything."""

    user = forms.ChoiceField(label=_("By whom"), required=False)
    kind = forms.ChoiceField(label=_("What"), required=False)
    label = forms.ChoiceField(label=_("How"), required=False)
    act = forms.ChoiceField(label=_("Act"), required=False)
    since = DayField(label=_("from"), required=False)
    until = DayField(label=_("to"), required=False)
    obj = forms.IntegerField(widget=forms.HiddenInput, required=False)
    context = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        self._choose("user", [*every, (SYSTEM, _("System")), *self._people()])
        self._choose("kind", [*every, *kinds()])
        self._choose("label", [*every, *((label, LABEL_TEXTS[label]) for label in LABELS)])
        self._choose("act", [*every, *sorted(ACTS.items(), key=lambda row: str(row[1]))])
        for field in self.fields.values():
            name = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = name

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _people(self) -> list[tuple[str, str]]:
        """Accounts that change things, and the one that is asked for whoever it is."""
        people = User.objects.filter(roles__overlap=STAFF)
        if (wanted := str(self.data.get("user", ""))).isdecimal():
            people = people | User.objects.filter(pk=int(wanted))
        return [(str(pk), name) for pk, name in people.order_by("name").values_list("pk", "name")]

    def filters(self) -> Filters:
        """What is asked for; unreadable fields are left out."""
        self.is_valid()
        given: dict[str, Any] = self.cleaned_data
        until = given.get("until")
        context = given.get("context")
        return Filters(
            user=given.get("user", ""),
            kind=given.get("kind", ""),
            obj=given.get("obj"),
            act=given.get("act", ""),
            label=given.get("label", ""),
            since=_midnight(given.get("since")),
            until=_midnight(until + timedelta(days=1)) if until else None,
            context=context if isinstance(context, UUID) else None,
        )


def _midnight(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
