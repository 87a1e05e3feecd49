"""A paper: its name and time, its questions, what is keyed in, and what the browser sends."""

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Quiz

LOCAL = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A day and an hour, as browsers know them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
        super().__init__(input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S"], widget=widget, **kwargs)


class QuizForm(forms.ModelForm):
    """Name, time and hours of a paper; without an hour of opening it is for print alone."""

    opens_at = MomentField(label=_("open in the browser from"), required=False, help_text=_("Empty: on paper only."))
    closes_at = MomentField(label=_("until"), required=False)

    class Meta:
        model = Quiz
        fields = ["name", "minutes", "opens_at", "closes_at", "shuffles", "shows_answers"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if closes and not opens:
            self.add_error("opens_at", _("Say from when it is open."))
        elif opens and closes and closes <= opens:
            self.add_error("closes_at", _("It would close before it opens."))
        return data

    def validate_constraints(self) -> None:
        """The order of the hours was looked at above, beside its field."""


class ChosenForm(forms.Form):
    """Questions of the bank that were ticked."""

    questions = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, offered: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = [(pk, str(pk)) for pk in offered]  # type: ignore[attr-defined]


class DrawForm(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=100)


class ArrangeForm(forms.Form):
    """A place and points for each question of the paper; a question that is ticked goes off."""

    def __init__(self, *args: Any, questions: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for pk in questions:
            self.fields[f"place-{pk}"] = forms.IntegerField(min_value=0, max_value=999)
            self.fields[f"points-{pk}"] = forms.IntegerField(min_value=0, max_value=100)
            self.fields[f"off-{pk}"] = forms.BooleanField(required=False)

    def points(self) -> dict[int, int]:
        """{question: points} in the order of the places; what goes off is left out."""
        data = self.cleaned_data
        kept = [pk for pk in self.questions if not data[f"off-{pk}"]]
        order = sorted(kept, key=lambda pk: (data[f"place-{pk}"], self.questions.index(pk)))
        return {pk: data[f"points-{pk}"] for pk in order}


class KeyedForm(forms.Form):
    """The letters of one pupil's paper."""

    pupil = forms.IntegerField(min_value=1)
    letters = forms.CharField(required=False, max_length=900, strip=False)


class PupilForm(forms.Form):
    pupil = forms.IntegerField(min_value=1)


class AnswersForm(forms.Form):
    """Answers as the browser sends them: JSON {question: [places]}."""

    answers = forms.CharField(max_length=20_000)

    def clean_answers(self) -> dict[str, list[int]]:
        try:
            sent = json.loads(self.cleaned_data["answers"])
        except ValueError as error:
            raise forms.ValidationError(_("What was sent cannot be read.")) from error
        rows = sent.items() if isinstance(sent, dict) else [("", None)]
        if not all(isinstance(places, list) and all(type(place) is int for place in places) for _key, places in rows):
            raise forms.ValidationError(_("What was sent cannot be read."))
        return dict(rows)
