"""What two titles hold, side by side, before they become one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignObjectRel
from django.utils.translation import gettext_lazy as _

from catalog.models import Title
from catalog.rules.titles import TITLE_COLUMNS
from library_site.audit_log.labels import column_label, model_label

CALL_NUMBER = "call_number"  # class and book number go together
STAYS, GOES = "stays", "goes"


@dataclass(frozen=True)
class Difference:
    """A column in which two titles differ, as text; `offered` is the side whose value makes more sense."""

    name: str
    label: Any
    stays: str
    goes: str
    offered: str


@dataclass(frozen=True)
class Hanging:
    """Rows of one kind that point to a title."""

    name: str
    label: str
    number: int


def relations() -> list[ForeignObjectRel]:
    """Every foreign key to a title, in whatever app, but those of history, which stays what it was."""
    return [
        field
        for field in Title._meta.get_fields(include_hidden=True)
        if isinstance(field, ForeignObjectRel)
        and (field.one_to_many or field.one_to_one)
        and not hasattr(field.related_model, "pgh_tracked_model")
    ]


def hanging_on(title_id: int) -> list[Hanging]:
    """What points to a title, by kind; kinds of which there is none are left out. One statement per foreign key."""
    found = []
    for relation in relations():
        model: Any = relation.related_model
        if number := model.objects.filter(**{relation.field.name: title_id}).count():
            found.append(Hanging(relation.name, model_label(model), number))
    return found


def only_once(title_id: int) -> set[str]:
    """The things that a title has only one of, such as its cover, and that this one has."""
    singles = {relation.name for relation in relations() if relation.one_to_one}
    return {thing.name for thing in hanging_on(title_id) if thing.name in singles}


def differences(stays: Title, goes: Title) -> list[Difference]:
    """The columns in which two titles differ. Blank values give way to those that say something."""
    columns = [name for name in TITLE_COLUMNS if name not in ("clc_number", "book_number")]
    found = [_difference(name, stays, goes) for name in columns if getattr(stays, name) != getattr(goes, name)]
    if stays.call_number != goes.call_number:
        offered = GOES if not stays.call_number else STAYS
        found.append(Difference(CALL_NUMBER, _("call number"), stays.call_number, goes.call_number, offered))
    return found


def likely_same(title: Title, *, limit: int = 10) -> Sequence[Title]:
    """Other titles with the same ISBN or the same name, which may be the same book."""
    alike = Title.objects.filter(name=title.name)
    if title.isbn:
        alike = alike | Title.objects.filter(isbn=title.isbn)
    shown = ("pk", "name", "part", "author", "publisher", "published", "isbn", "clc_number", "book_number")
    return list(alike.exclude(pk=title.pk).order_by("pk").only(*shown)[:limit])


def _difference(name: str, stays: Title, goes: Title) -> Difference:
    label = column_label(Title._meta.get_field(name))
    offered = GOES if getattr(stays, name) in ("", None) else STAYS
    return Difference(name, label, _text(stays, name), _text(goes, name), offered)


def _text(title: Title, name: str) -> str:
    value = getattr(title, name)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    display = getattr(title, f"get_{name}_display", None)
    return str(display() if display else "" if value is None else value)
