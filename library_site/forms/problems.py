"""Shows at a form why an act was refused."""

from django import forms
from django.core.exceptions import ValidationError

from library_site.shared.problems import Refused


def show_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Every problem goes to the field that it names, the others above the form."""
    for problem in refusal.problems:
        text = f"{problem.message} {problem.way_out}".strip()
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, ValidationError(text, code=problem.code))
