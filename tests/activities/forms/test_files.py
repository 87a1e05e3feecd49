"""Several files in one field."""

from django import forms
from django.utils.datastructures import MultiValueDict

from activities.forms.files import FilesField
from tests.factories.files import upload


class Form(forms.Form):
    files = FilesField(required=False, most=3)
    needed = FilesField(required=True, pictures_only=True)


def form(files: int, needed: int = 1) -> Form:
    return Form({}, MultiValueDict({"files": [upload() for _ in range(files)], "needed": [upload()] * needed}))


def test_files_are_cleaned_to_a_list():
    filled = form(2)

    assert filled.is_valid()
    assert len(filled.cleaned_data["files"]) == 2


def test_no_files_are_an_empty_list_where_none_is_needed():
    filled = form(0, needed=0)

    assert not filled.is_valid()
    assert filled.cleaned_data["files"] == []
    assert filled.errors.as_data()["needed"][0].code == "required"


def test_more_files_than_allowed_are_refused():
    assert form(4).errors.as_data()["files"][0].code == "too_many"


def test_field_asks_for_what_a_phone_can_send():
    page = str(form(0)["needed"])

    assert "multiple" in page and "image/jpeg" in page and "pdf" not in page
