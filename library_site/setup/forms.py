"""The one page of the first start: every field carries a sensible value except those only the school knows."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes, InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import Location
from circulation.models.calendar import WEEKDAYS
from library_site.forms.fields import ClockField, DayField
from library_site.forms.layout import FieldTable, Row, Section
from library_site.models import School, User
from library_site.models.school import Stage
from library_site.setup.plan import (
    CLASSES_PER_GRADE,
    CLOSES,
    GRADES,
    LOAN_RULES,
    OPENING_DAYS,
    OPENS,
    Account,
    LoanRule,
    OpenSpan,
    Plan,
    YearDates,
    grades_of,
    offered_year,
    place_of_grade,
)
from readers.models import Reader

CATEGORIES = [(value, Reader.Category(value).label) for value in LOAN_RULES]


class FirstStartForm(forms.Form):
    """Asks for a `Plan`; `today` decides which school year is offered."""

    name = forms.CharField(label=_("Name of the school"), max_length=School._meta.get_field("name").max_length)
    stages = forms.MultipleChoiceField(
        label=_("Stages"),
        choices=Stage.choices,
        initial=[Stage.PRIMARY],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A nine-year school ticks primary and junior middle."),
    )
    system = forms.ChoiceField(
        label=_("School system"),
        choices=School.System.choices,
        initial=School.System.SIX_THREE,
        widget=forms.RadioSelect,
    )
    year_begins = DayField(label=_("The school year begins on"))
    first_starts = DayField(label=_("First semester: first day"))
    first_ends = DayField(label=_("First semester: last day"))
    second_starts = DayField(label=_("Second semester: first day"))
    second_ends = DayField(label=_("Second semester: last day"))
    location = forms.CharField(
        label=_("Name of the place"),
        max_length=Location._meta.get_field("name").max_length,
        initial=_("Lending stacks"),
    )
    username = forms.CharField(
        label=_("Account"),
        max_length=User._meta.get_field("username").max_length,
        help_text=_("For logging in: letters and digits, for example the pinyin of your name."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    person = forms.CharField(
        label=_("Your name"),
        max_length=User._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 10 characters, not digits alone, not a word that everybody uses."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = offered_year(today)
        self._offer(("year_begins",), (year.begins,))
        self._offer(("first_starts", "first_ends"), year.first)
        self._offer(("second_starts", "second_ends"), year.second)
        self._add_grades()
        self._add_loan_rules()
        self._add_opening_hours()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = _layout()

    def _offer(self, names: tuple[str, ...], values: tuple[Any, ...]) -> None:
        for name, value in zip(names, values, strict=True):
            self.fields[name].initial = value

    def _add_grades(self) -> None:
        for name, grade, label in GRADES:
            attrs = {"data-grade": grade, "inputmode": "numeric"}
            widget = forms.NumberInput(attrs=attrs)
            self.fields[name] = forms.IntegerField(
                label=label, min_value=0, max_value=40, initial=CLASSES_PER_GRADE, required=False, widget=widget
            )

    def _add_loan_rules(self) -> None:
        for category, label in CATEGORIES:
            books, days = LOAN_RULES[Reader.Category(category)]
            self.fields[f"{category}_books"] = forms.IntegerField(
                label=_("%(who)s: books at a time") % {"who": label}, min_value=0, max_value=500, initial=books
            )
            self.fields[f"{category}_days"] = forms.IntegerField(
                label=_("%(who)s: days") % {"who": label}, min_value=1, max_value=400, initial=days
            )

    def _add_opening_hours(self) -> None:
        for day, label in WEEKDAYS:
            who = {"day": label}
            self.fields[f"open_{day}"] = forms.BooleanField(
                label=_("%(day)s: open") % who, required=False, initial=day in OPENING_DAYS
            )
            self.fields[f"opens_{day}"] = ClockField(label=_("%(day)s: from") % who, required=False, initial=OPENS)
            self.fields[f"closes_{day}"] = ClockField(label=_("%(day)s: until") % who, required=False, initial=CLOSES)

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].strip().lower()
        if User.objects.filter(username=username).exists():
            raise ValidationError(_("This account exists already."))
        return username

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._check_dates(data)
        self._check_classes(data)
        self._check_opening_hours(data)
        self._check_password(data)
        return data

    def _check_dates(self, data: dict[str, Any]) -> None:
        names = ("year_begins", "first_starts", "first_ends", "second_starts", "second_ends")
        if any(data.get(name) is None for name in names):
            return
        days = {name: data[name] for name in names}
        for before, after in itertools.pairwise(names):
            same_day_allowed = before == "year_begins"
            if days[after] < days[before] or (days[after] == days[before] and not same_day_allowed):
                self.add_error(after, _("This day must come after the day before it in the list."))
        if days["second_ends"] > self._year(days).ends:
            self.add_error("second_ends", _("The semester must end within the school year."))

    def _check_classes(self, data: dict[str, Any]) -> None:
        if "stages" in data and "system" in data and not sum(self._classes(data).values()):
            first = next(name for name, grade, _label in GRADES if self._place(grade) in self._places(data))
            self.add_error(first, _("The school needs at least one class."))

    def _check_opening_hours(self, data: dict[str, Any]) -> None:
        open_days = [day for day, _label in WEEKDAYS if data.get(f"open_{day}")]
        if not open_days:
            self.add_error("open_0", _("The library is open on at least one day."))
        for day in open_days:
            opens, closes = data.get(f"opens_{day}"), data.get(f"closes_{day}")
            if f"opens_{day}" in self.errors or f"closes_{day}" in self.errors:
                continue
            if opens is None or closes is None or closes <= opens:
                self.add_error(f"closes_{day}", _("Closing must be later than opening."))

    def _check_password(self, data: dict[str, Any]) -> None:
        password, again = data.get("password"), data.get("password_again")
        if not password:
            return
        if again is not None and password != again:
            self.add_error("password_again", _("The two passwords differ."))
        try:
            validate_password(password, User(username=data.get("username", ""), name=data.get("person", "")))
        except ValidationError as problem:
            self.add_error("password", problem)

    def plan(self) -> Plan:
        """What to set up; only after the form was found valid."""
        data = self.cleaned_data
        return Plan(
            name=data["name"],
            stages=[stage for stage in Stage.values if stage in data["stages"]],
            system=data["system"],
            year=self._year(data),
            classes=self._classes(data),
            loan_rules=list(self._loan_rules(data)),
            opening=list(self._opening(data)),
            location=data["location"],
            account=Account(username=data["username"], name=data["person"], password=data["password"]),
        )

    def _year(self, data: dict[str, Any]) -> YearDates:
        return YearDates(
            begins=data["year_begins"],
            first=(data["first_starts"], data["first_ends"]),
            second=(data["second_starts"], data["second_ends"]),
        )

    def _place(self, grade: int) -> tuple[str, int]:
        return place_of_grade(grade, self.cleaned_data["system"])

    def _places(self, data: dict[str, Any]) -> set[tuple[str, int]]:
        return grades_of(data["stages"], data["system"])

    def _classes(self, data: dict[str, Any]) -> dict[tuple[str, int], int]:
        counts = {self._place(grade): data.get(name) or 0 for name, grade, _label in GRADES}
        return {place: counts[place] for place in counts if place in self._places(data)}

    def _loan_rules(self, data: dict[str, Any]) -> Iterator[LoanRule]:
        for category, _label in CATEGORIES:
            yield LoanRule(category, max_loans=data[f"{category}_books"], loan_days=data[f"{category}_days"])

    def _opening(self, data: dict[str, Any]) -> Iterator[OpenSpan]:
        for day, _label in WEEKDAYS:
            if data[f"open_{day}"]:
                yield OpenSpan(day, opens=data[f"opens_{day}"], closes=data[f"closes_{day}"])


def _layout() -> Layout:
    loans = [(label, [f"{category}_books", f"{category}_days"]) for category, label in CATEGORIES]
    hours = [(label, [f"open_{day}", f"opens_{day}", f"closes_{day}"]) for day, label in WEEKDAYS]
    grades = Div(*(name for name, _grade, _label in GRADES), css_class="grades")
    return Layout(
        Section(_("School"), "name", InlineCheckboxes("stages"), InlineRadios("system")),
        Section(
            _("Your account"),
            Row("person", "username"),
            Row("password", "password_again"),
            lead=_("The librarian's account, which also looks after the system."),
        ),
        Section(
            _("School year"),
            "year_begins",
            Row("first_starts", "first_ends"),
            Row("second_starts", "second_ends"),
            lead=_("The usual dates are filled in; the school's own calendar goes before them."),
        ),
        Section(
            _("Classes per grade"),
            grades,
            lead=_("How many classes each grade has this year. They move up by themselves every September."),
        ),
        Section(
            _("Loan rules"),
            FieldTable([_("Reader"), _("Books at a time"), _("Days")], loans),
            lead=_("How many books each kind of reader may have, and for how long."),
        ),
        Section(
            _("Opening hours"),
            FieldTable([_("Day"), _("Open that day"), _("From"), _("Until")], hours),
            lead=_("Books fall due on days when the library is open."),
        ),
        Section(_("First place"), "location", lead=_("Where the books stand. More rooms can be added later.")),
        HTML('{% include "setup/finish.html" %}'),
    )
