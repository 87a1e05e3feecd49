"""Messages to the library, and its replies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.people import WhoForm
from activities.models import Message
from readers.models import Reader
from readers.queries.classes import NamedClass


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("message"), required=False, widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"})
    )


class MessageSlipForm(WhoForm):
    """From the box: a slip without a name says at most which class it came from."""

    category = forms.ChoiceField(label=_("category"), choices=Reader.Category.choices, required=False)
    school_class = forms.TypedChoiceField(label=_("class"), required=False, coerce=int, empty_value=None)
    text = forms.CharField(label=_("message"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, classes: list[NamedClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[Any, str]] = [("", "—"), *((row.pk, row.name) for row in classes)]
        self.fields["school_class"].choices = choices  # type: ignore[attr-defined]
        self.dress()


class ReplyForm(forms.Form):
    """Posted by the list: what becomes of a message."""

    state = forms.ChoiceField(choices=Message.State.choices)
    reply = forms.CharField(required=False, max_length=2000)
    shown = forms.CharField()
