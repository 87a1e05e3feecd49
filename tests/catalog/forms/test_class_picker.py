"""What the class picker's field takes."""

import pytest
from django import forms

from catalog.forms.class_picker import ClassPickerField


class SomeForm(forms.Form):
    clc_number = ClassPickerField(required=False)


@pytest.mark.parametrize(
    ("typed", "stored"), [("i287.45", "I287.45"), (" ＴＰ３９１ ", "TP391"), ("I287.45=2", "I287.45=2"), ("", "")]
)
def test_number_is_stored_as_books_bear_it(typed, stored):
    form = SomeForm({"clc_number": typed})

    assert form.is_valid()
    assert form.cleaned_data["clc_number"] == stored


@pytest.mark.parametrize("typed", ["儿童文学", "L12", "123"])
def test_what_is_no_number_is_refused(typed):
    form = SomeForm({"clc_number": typed})

    assert list(form.errors) == ["clc_number"]


def test_number_can_be_required():
    form = forms.Form({"clc_number": " "})
    form.fields["clc_number"] = ClassPickerField()

    assert not form.is_valid()
