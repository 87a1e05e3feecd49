"""Closures, single days, opening hours, the end of a semester, public holidays."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import Location
from circulation.models import Closure, OpeningHours
from circulation.models.calendar import WEEKDAYS
from library_site.forms.fields import ClockField, DayField
from library_site.forms.layout import FieldTable, Row, Section
from readers.models import Reader

# Longer closures are school holidays, which follow from the semesters.
LONGEST_CLOSURE = 200
_SPANS_A_DAY = 2


class _Plain(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class ClosureForm(_Plain):
    """Days on which all or one room is closed; without a last day it is one day."""

    location = forms.ModelChoiceField(
        Location.objects.order_by("name"), label=_("room"), required=False, empty_label=_("The whole library")
    )
    starts_on = DayField(label=_("first closed day"))
    ends_on = DayField(label=_("last closed day"), required=False)
    reason = forms.CharField(label=_("reason"), max_length=100)

    def __init__(self, *args: Any, closure: Closure | None = None, **kwargs: Any) -> None:
        if closure is not None:
            names = ("location", "starts_on", "ends_on", "reason")
            kwargs["initial"] = {name: getattr(closure, name) for name in names}
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Section(
                _("Closed days"),
                Row("starts_on", "ends_on"),
                "location",
                "reason",
                lead=_(
                    "School holidays need no entry: they follow from the semesters. Closed days cost nobody anything."
                ),
            )
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first = cleaned.get("starts_on")
        last = cleaned["ends_on"] = cleaned.get("ends_on") or first
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first."))
        elif first and last and (last - first).days > LONGEST_CLOSURE:
            self.add_error("ends_on", _("So long a closure is a typing error."))
        return cleaned


class DayForm(_Plain):
    """What the school says about one day."""

    word = forms.ChoiceField(
        label=_("On this day the library is"),
        choices=[
            ("", _("as the calendar says")),
            ("open", pgettext_lazy("library", "open")),
            ("closed", pgettext_lazy("library", "closed")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    hours_of = forms.TypedChoiceField(
        label=_("with the hours of"),
        choices=[("", _("the day itself")), *WEEKDAYS],
        coerce=int,
        empty_value=None,
        required=False,
    )
    reason = forms.CharField(label=_("reason"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Section(_("The school's word"), "word", Row("hours_of", "reason")))

    def is_open(self) -> bool | None:
        word = self.cleaned_data["word"]
        return None if not word else word == "open"


class HoursForm(_Plain):
    """The hours of one room and category: two spans a day, or as many as there are."""

    def __init__(self, *args: Any, hours: Sequence[OpeningHours], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_day: dict[int, list[OpeningHours]] = {}
        for row in hours:
            by_day.setdefault(row.weekday, []).append(row)
        self._spans = max(_SPANS_A_DAY, *(len(rows) for rows in by_day.values())) if by_day else _SPANS_A_DAY
        for day, _label in WEEKDAYS:
            for n in range(self._spans):
                span = next(iter(by_day.get(day, [])[n:]), None)
                self.fields[f"opens_{day}_{n}"] = ClockField(required=False, initial=span.opens if span else None)
                self.fields[f"closes_{day}_{n}"] = ClockField(required=False, initial=span.closes if span else None)
        self._name_fields()
        heads = [_("weekday"), *[_("opens"), _("closes")] * self._spans]
        self.helper.form_show_labels = False
        self.helper.layout = Layout(FieldTable(heads, [(label, self._names(day)) for day, label in WEEKDAYS]))

    def _names(self, day: int) -> list[str]:
        return [f"{edge}_{day}_{n}" for n in range(self._spans) for edge in ("opens", "closes")]

    def _name_fields(self) -> None:
        for day, label in WEEKDAYS:
            for name in self._names(day):
                edge = _("opens") if name.startswith("opens") else _("closes")
                self.fields[name].label = f"{label} {edge}"
                self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for day, _label in WEEKDAYS:
            for n in range(self._spans):
                opens, closes = cleaned.get(f"opens_{day}_{n}"), cleaned.get(f"closes_{day}_{n}")
                if (opens is None) != (closes is None):
                    self.add_error(f"closes_{day}_{n}", _("Both times are needed."))
        return cleaned

    def spans(self) -> list[tuple[int, Any, Any]]:
        """(weekday, opens, closes) of every span that is filled in."""
        values = self.cleaned_data
        found = [
            (day, values.get(f"opens_{day}_{n}"), values.get(f"closes_{day}_{n}"))
            for day, _label in WEEKDAYS
            for n in range(self._spans)
        ]
        return [span for span in found if span[1] is not None and span[2] is not None]


class SemesterEndForm(_Plain):
    """By when everything is back, and who keeps books over the holidays from which day on."""

    recall_on = DayField(label=_("everything back by"), required=False)
    graduating_on = DayField(label=_("the graduating grades by"), required=False)

    def __init__(self, *args: Any, lending: Mapping[str, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = [f"lending_{value}" for value in Reader.Category.values]
        for value, label in Reader.Category.choices:
            self.fields[f"lending_{value}"] = DayField(label=label, required=False, initial=lending.get(value))
        self.helper.layout = Layout(
            Section(
                _("Recall"),
                Row("recall_on", "graduating_on"),
                lead=_(
                    "No book is due later. Without a date, books may be due in the first week of the next semester."
                ),
            ),
            Section(
                _("Holiday lending"),
                Row(*categories),
                lead=_(
                    "From which day on these readers may keep books over the holidays, due in the first week back."
                    " Empty: not at all."
                ),
            ),
        )

    def lending(self) -> dict[str, date]:
        values = {value: self.cleaned_data[f"lending_{value}"] for value in Reader.Category.values}
        return {category: day for category, day in values.items() if day}


_HOLIDAYS = [
    ("new_year", _("New Year's Day")),
    ("spring", _("Spring Festival")),
    ("tomb", _("Tomb-sweeping Day")),
    ("labour", _("Labour Day")),
    ("dragon", _("Dragon Boat Festival")),
    ("autumn", _("Mid-autumn Festival")),
    ("national", _("National Day")),
]
MAKE_UP_DAY = _("Make-up working day")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})\s*[^\d\s]\s*(\d{1,2})")


class HolidaysForm(_Plain):
    """The notice of a year: first and last day off of each holiday, and the weekend days that are worked."""

    worked = forms.CharField(label=_("worked weekend days"), required=False, max_length=200)

    def __init__(self, *args: Any, year: int, entered: Mapping[date, str], **kwargs: Any) -> None:
        """`entered`: the reasons of the days of the year that the school has set."""
        super().__init__(*args, initial=_notice_of(entered) or _fixed(year), **kwargs)
        self.year, self._entered = year, entered
        for name, label in _HOLIDAYS:
            for edge, text in (("first", _("first day off")), ("last", _("last day off"))):
                self.fields[f"{edge}_{name}"] = DayField(label=f"{label} {text}", required=name == "national")
        self.fields["worked"].help_text = _("Month and day, as in 2-6 9-27.")
        rows = [(label, [f"first_{name}", f"last_{name}"]) for name, label in _HOLIDAYS]
        self.helper.form_show_labels = False
        self.helper.layout = Layout(FieldTable([_("holiday"), _("first day off"), _("last day off")], rows))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, _label in _HOLIDAYS:
            self._check(name, cleaned.get(f"first_{name}"), cleaned.get(f"last_{name}"))
        first, last = cleaned.get("first_national"), cleaned.get("last_national")
        if first and last and not first <= date(self.year, 10, 1) <= last:
            self.add_error("first_national", _("National Day is 1 October."))
        return cleaned

    def _check(self, name: str, first: date | None, last: date | None) -> None:
        if first is None and last is None:
            return
        if first is None or last is None or last < first or (last - first).days > 15:
            self.add_error(f"last_{name}", _("Two days are needed, the first one first."))
        elif not date(self.year - 1, 12, 25) <= first <= date(self.year, 12, 31):
            self.add_error(f"first_{name}", _("This day lies in another year."))

    def clean_worked(self) -> dict[date, str]:
        """{weekend day: reason}."""
        text, found = self.cleaned_data["worked"], {}
        for month, day in _DAY_OF_YEAR.findall(text):
            try:
                found[date(self.year, int(month), int(day))] = str(MAKE_UP_DAY)
            except ValueError as error:
                raise forms.ValidationError(
                    _("There is no such day: %(day)s."), params={"day": f"{month}-{day}"}
                ) from error
        if text.strip() and not found:
            raise forms.ValidationError(_("Month and day, as in 2-6 9-27."))
        return found

    def dropped(self) -> list[date]:
        """Days that an earlier entry of the notice named and this one does not."""
        names = {*(str(label) for _name, label in _HOLIDAYS), str(MAKE_UP_DAY)}
        kept = {*self.closed(), *self.cleaned_data["worked"]}
        return [day for day, reason in self._entered.items() if reason in names and day not in kept]

    def closed(self) -> dict[date, str]:
        """{day off: reason}."""
        found: dict[date, str] = {}
        for name, label in _HOLIDAYS:
            first, last = self.cleaned_data[f"first_{name}"], self.cleaned_data[f"last_{name}"]
            for n in range((last - first).days + 1 if first and last else 0):
                found[first + timedelta(days=n)] = str(label)
        return found


def _fixed(year: int) -> dict[str, Any]:
    """The days that every year's notice has."""
    return {
        "first_new_year": date(year, 1, 1),
        "last_new_year": date(year, 1, 1),
        "first_labour": date(year, 5, 1),
        "last_labour": date(year, 5, 5),
        "first_national": date(year, 10, 1),
        "last_national": date(year, 10, 7),
    }


def _notice_of(entered: Mapping[date, str]) -> dict[str, Any]:
    """The form's values from the days of an earlier entry; empty without one."""
    values: dict[str, Any] = {}
    for name, label in _HOLIDAYS:
        if days := [day for day, reason in entered.items() if reason == label]:
            values |= {f"first_{name}": min(days), f"last_{name}": max(days)}
    if values:
        worked = sorted(day for day, reason in entered.items() if reason == MAKE_UP_DAY)
        values["worked"] = " ".join(f"{day.month}-{day.day}" for day in worked)
    return values
