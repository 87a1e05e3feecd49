"""Questions: one by one, pasted, and what the bank is narrowed to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Question
from activities.queries.questions import Asked
from activities.queries.titles import titles_meant

LETTERS = "abcdef"
LONGEST = 200_000


class AboutForm(forms.Form):
    """What a question is about: a booklist, a book by its ISBN or title; both may be empty."""

    book_list = forms.TypedChoiceField(label=_("booklist"), coerce=int, empty_value=None, required=False)
    book = forms.CharField(
        label=_("Book"), max_length=200, required=False, help_text=_("ISBN or title; may be left empty.")
    )

    def __init__(self, *args: Any, lists: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book_list"].choices = [("", "—"), *lists]  # type: ignore[attr-defined]
        self.title_id: int | None = None

    def clean_book(self) -> str:
        text = self.cleaned_data["book"].strip()
        found = titles_meant(text)
        if text and not found:
            raise forms.ValidationError(_("The library has no such book."))
        if len(found) > 1 and not all(title.name == found[0].name for title in found):
            names = " · ".join(f"{title.name} {title.isbn}".strip() for title in found)
            raise forms.ValidationError(_("Several books fit: %(names)s"), params={"names": names})
        self.title_id = found[0].pk if found else None
        return text


class QuestionForm(AboutForm):
    """A question: without options it is right or wrong. `answer` is letters, as they are keyed."""

    text = forms.CharField(label=_("question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    option_a = forms.CharField(label="A", max_length=200, required=False)
    option_b = forms.CharField(label="B", max_length=200, required=False)
    option_c = forms.CharField(label="C", max_length=200, required=False)
    option_d = forms.CharField(label="D", max_length=200, required=False)
    option_e = forms.CharField(label="E", max_length=200, required=False)
    option_f = forms.CharField(label="F", max_length=200, required=False)
    answer = forms.CharField(
        label=_("Right answer"),
        max_length=6,
        help_text=_("Letters: B, or AC where several are right. Right or wrong: A is right, B is wrong."),
    )
    explanation = forms.CharField(
        label=_("explanation"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ["text", *(f"option_{letter}" for letter in LETTERS), "answer", "explanation", "book_list", "book"]

    def options(self) -> tuple[str, ...]:
        """The options up to the last that was filled in."""
        values = [self.cleaned_data[f"option_{letter}"].strip() for letter in LETTERS]
        while values and not values[-1]:
            values.pop()
        return tuple(values)


def question_initial(question: Question) -> dict[str, Any]:
    """What the form shows of a question; `answer` is filled in by who knows letters."""
    options = {f"option_{letter}": option for letter, option in zip(LETTERS, question.options, strict=False)}
    book = (question.title.isbn or question.title.name) if question.title else ""
    about = {"book_list": question.book_list_id, "book": book}
    return {"text": question.text, "explanation": question.explanation, **options, **about}


class PasteForm(AboutForm):
    """Questions as a text, or a sheet that is read into one."""

    text = forms.CharField(
        label=_("Questions"), max_length=LONGEST, required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("or a sheet (.xlsx, .xls, .csv)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.tsv,.txt"}),
    )
    field_order = ["text", "file", "book_list", "book"]


class BankFilter(forms.Form):
    """The bank's filters; what is not understood narrows nothing."""

    q = forms.CharField(required=False, max_length=100)
    list = forms.IntegerField(required=False, min_value=1)
    title = forms.IntegerField(required=False, min_value=1)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *Question.Kind.choices])
    retired = forms.BooleanField(required=False)

    def asked(self) -> Asked:
        data = self.cleaned_data if self.is_valid() else {}
        return Asked(
            words=data.get("q") or "",
            book_list=data.get("list"),
            title=data.get("title"),
            kind=data.get("kind") or "",
            retired=bool(data.get("retired")),
        )
