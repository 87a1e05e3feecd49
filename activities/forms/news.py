"""A piece of news, and the picture at the head of the library's page."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.files import FilesField
from activities.models import NewsItem
from library_site.forms.fields import DayField
from library_site.forms.layout import Row


def _picture_field() -> FilesField:
    return FilesField(label=_("Picture"), pictures_only=True, most=1, required=False)


class NewsForm(forms.ModelForm):
    """`picture` is cleaned to a list of at most one upload."""

    picture = _picture_field()
    drops_picture = forms.BooleanField(label=_("without the picture"), required=False)
    is_shown = forms.BooleanField(label=_("shown on the library's page"), required=False)
    ends_on = DayField(label=_("no longer shown from"), required=False)

    class Meta:
        model = NewsItem
        fields = ["name", "text", "ends_on", "is_pinned"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_shown"].initial = self.instance.pk is None or self.instance.published_at is not None
        if not self.instance.picture_id:
            del self.fields["drops_picture"]
        pictures = ["picture", *(["drops_picture"] if "drops_picture" in self.fields else [])]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("name", "text", *pictures, Row("is_shown", "is_pinned"), "ends_on")


class LibraryPictureForm(forms.Form):
    """Without a file the picture is taken away."""

    picture = _picture_field()
