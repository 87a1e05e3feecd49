"""Shows at a form why an act was refused."""

from django import forms

from library_site.shared.problems import Refused


def show_refusal(form: forms.Form, refusal: Refused) -> None:
    """Every problem goes to the field that it names, the others above the form."""
    for problem in refusal.problems:
        text = f"{problem.message} {problem.way_out}".strip()
        form.add_error(problem.field if problem.field in form.fields else None, text)
