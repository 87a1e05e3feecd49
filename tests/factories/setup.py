"""What a librarian fills into the first-start guide."""

from datetime import date
from typing import Any

from django.http import QueryDict

from library_site.setup.forms import FirstStartForm

TODAY = date(2026, 11, 22)
OWN = {
    "name": "青松实验小学",
    "person": "王老师",
    "username": "wang",
    "password": "reading-2026",
    "password_again": "reading-2026",
}


def first_start_data(**changes: Any) -> dict[str, Any]:
    """The guide's page as offered, the four fields that only the school knows filled in, then `changes`.

    A change to None leaves the field out, as an unticked box does.
    """
    form = FirstStartForm(today=TODAY)
    offered = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    values = {**offered, **OWN, **changes}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def first_start_form(**changes: Any) -> FirstStartForm:
    """The guide's page filled in and sent."""
    data = QueryDict(mutable=True)
    for name, value in first_start_data(**changes).items():
        data.setlist(name, value if isinstance(value, list) else [str(value)])
    return FirstStartForm(data, today=TODAY)
