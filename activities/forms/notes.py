"""Writing a note, and what a teacher enters or says of one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.forms.files import FilesField
from activities.models import ReadingNote
from library_site.forms.fields import DayField

LONGEST_TEXT = 20_000
Books = Sequence[tuple[int, str]]  # title, its name


class _BookForm(forms.Form):
    """A book at hand, or another one in words."""

    title = forms.TypedChoiceField(label=_("Book"), required=False, coerce=int, empty_value=None)
    book = forms.CharField(label=_("Another book (title or ISBN)"), max_length=200, required=False)
    written_on = DayField(label=_("Written on"))

    def __init__(self, *args: Any, books: Books = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["title"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("another book:")), *books]

    def clean_written_on(self) -> Any:
        day = self.cleaned_data["written_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day


class NoteForm(_BookForm):
    """A note as its writer works on it; everything may still be missing until it is handed in."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ReadingNote.Kind.choices)
    heading = forms.CharField(label=_("Heading"), max_length=100, required=False)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "data-counted": ""}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    pictures = FilesField(label=_("Photographs of the paper"), pictures_only=True, most=6, required=False)

    field_order = ["key", "kind", "title", "book", "heading", "text", "written_on", "pictures"]


class CardForm(forms.Form):
    """One card of the stack, as `js/notes/cards.js` sends it."""

    scan_id = forms.UUIDField()
    pupil = forms.IntegerField()
    kind = forms.ChoiceField(choices=ReadingNote.Kind.choices)
    written_on = DayField()
    mark = forms.CharField(max_length=10, required=False)
    title = forms.IntegerField(required=False)
    book = forms.CharField(max_length=200, required=False)

    clean_written_on = _BookForm.clean_written_on


class KeyForm(forms.Form):
    """A card that is taken back."""

    scan_id = forms.UUIDField()


class PhotosForm(forms.Form):
    """Photographs of a stack of cards."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=ReadingNote.Kind.choices,
        initial=ReadingNote.Kind.CARD,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    written_on = DayField(label=_("Written on"))
    pictures = FilesField(label=_("Pictures of the cards"), pictures_only=True)

    clean_written_on = _BookForm.clean_written_on

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["written_on"].widget.attrs["class"] = "form-control"


class MarkForm(forms.Form):
    """Mark and comment; `then` says what the button or key was."""

    SAVE, RETURN = "save", "return"

    mark = forms.CharField(label=_("Mark"), max_length=10, required=False)
    comment = forms.CharField(
        label=_("Comment"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_best = forms.BooleanField(label=_("Among the best"), required=False)
    proposed = forms.BooleanField(label=_("Propose for the wall"), required=False)
    then = forms.ChoiceField(choices=[(SAVE, ""), (RETURN, "")], required=False)


class ShowForm(forms.Form):
    """Who may read a note."""

    where = forms.ChoiceField(choices=ReadingNote.Shown.choices)


class PhotoForm(forms.Form):
    """Whose card a photograph shows, or which card it is the next page of."""

    pupil = forms.IntegerField(required=False)
    mark = forms.CharField(max_length=10, required=False)
    joins = forms.IntegerField(required=False)


class BestForm(forms.Form):
    """Which of the best notes get which award."""

    notes = forms.MultipleChoiceField(label=_("Notes"))
    award = forms.CharField(label=_("Award"), max_length=60)
    awarded_on = DayField(label=_("Date of the certificates"))

    def __init__(self, *args: Any, notes: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notes"].choices = [(str(pk), "") for pk in notes]  # type: ignore[attr-defined]
        for name in ("award", "awarded_on"):
            self.fields[name].widget.attrs["class"] = "form-control"
