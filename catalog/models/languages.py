"""Languages that a school's books are in, by their codes of ISO 639-2 as MARC records write them."""

from django.utils.translation import pgettext_lazy

LANGUAGES = {
    "chi": pgettext_lazy("language", "Chinese"),
    "eng": pgettext_lazy("language", "English"),
    "jpn": pgettext_lazy("language", "Japanese"),
    "kor": pgettext_lazy("language", "Korean"),
    "rus": pgettext_lazy("language", "Russian"),
    "fre": pgettext_lazy("language", "French"),
    "ger": pgettext_lazy("language", "German"),
    "spa": pgettext_lazy("language", "Spanish"),
    "tib": pgettext_lazy("language", "Tibetan"),
    "uig": pgettext_lazy("language", "Uyghur"),
    "mon": pgettext_lazy("language", "Mongolian"),
    "kaz": pgettext_lazy("language", "Kazakh"),
    "zha": pgettext_lazy("language", "Zhuang"),
    "mul": pgettext_lazy("language", "Several languages"),
}
