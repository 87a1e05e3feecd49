"""Two titles that are one book become one: what hung on either hangs on the one that stays."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError
from django.db.models import ForeignObjectRel, ProtectedError
from django.utils.translation import gettext as _

from catalog.models import FormerTitle, ReclassedTitle, Reclassing, Title
from catalog.operations.book_numbers import locked_series
from catalog.operations.search_index import index_titles
from catalog.operations.titles import classify_by_number, locked_title, renumbered
from catalog.queries.merging import CALL_NUMBER, GOES, differences, hanging_on, only_once, relations
from catalog.rules.merging import CHANGED_MEANWHILE, both_in, hangs_on, merge_problems
from catalog.rules.titles import version_of
from library_site.audit import act
from library_site.audit_log.labels import model_label
from library_site.models import User
from library_site.shared.problems import Problem, Refused, standing

OWN = ("marc", "cover")  # parts of a title, which go with it


def seen_together(stays: Title, goes: Title) -> str:
    """A mark of what two records said when they were shown side by side."""
    return f"{version_of(stays)}-{version_of(goes)}"


def merge_titles(
    *,
    stays_id: int,
    goes_id: int,
    sides: Mapping[str, str] | None = None,
    accepted: Collection[str] = (),
    seen: str = "",
    by: User | None,
    address: str | None = None,
) -> Title:
    """Everything that points to `goes` points to `stays` afterwards, and the old address leads there.

    `sides` says for columns that differ which title's value is kept (`stays` or `goes`); without it blank ones are
    filled. Refused where something would be lost, unless its code is in `accepted` and may be; and if either title was
    changed since `seen` (from `seen_together`). The title that goes stays in history whole, as do its old numbers.
    """
    try:
        with act("merge_titles", by=by, address=address):
            stays, goes = _locked(stays_id, goes_id)
            if seen and seen != seen_together(stays, goes):
                raise Refused([CHANGED_MEANWHILE])
            values = offered_values(stays, goes, sides)
            if problems := standing(problems_of_merge(stays, goes, values), accepted):
                raise Refused(problems)
            _merge(stays, goes, values, by=by)
            return stays
    except ProtectedError as error:  # something was hung on it this very moment
        raise Refused([CHANGED_MEANWHILE]) from error


def problems_of_merge(stays: Title, goes: Title, values: Mapping[str, Any]) -> list[Problem]:
    """What speaks against it; `values` are those taken from the title that goes."""
    has_both = sorted(only_once(stays.pk) & only_once(goes.pk))
    number = values.get("school_number", stays.school_number)
    return merge_problems(stays, goes, has_both=has_both, school_number=number)


def delete_title(*, title_id: int, by: User | None, address: str | None = None) -> None:
    """Takes a title away that was entered by mistake, with its record and cover.

    Refused while copies hang on it, withdrawn ones too, or anything else that says what was.
    """
    with act("delete_title", by=by, address=address):
        title = locked_title(title_id, to_delete=True)
        if problems := delete_problems(title_id):
            raise Refused(problems)
        for relation in relations():
            if relation.name in OWN:
                _rows(relation, title).delete()
        title.delete()


def delete_problems(title_id: int) -> list[Problem]:
    """What hangs on a title and keeps it."""
    return [hangs_on(thing.label, thing.number) for thing in hanging_on(title_id) if thing.name not in OWN]


def _locked(stays_id: int, goes_id: int) -> tuple[Title, Title]:
    """Both, locked in the order of their keys, so that two merges the other way round wait for each other."""
    first, second = (locked_title(key, to_delete=True) for key in sorted((stays_id, goes_id)))
    return (first, second) if first.pk == stays_id else (second, first)


def offered_values(stays: Title, goes: Title, sides: Mapping[str, str] | None) -> dict[str, Any]:
    """The columns that the title which stays takes over, by the sides chosen; where none is, blank ones are filled."""
    chosen = {row.name: (sides or {}).get(row.name, row.offered) for row in differences(stays, goes)}
    names = [name for name, side in chosen.items() if side == GOES]
    columns = [*(name for name in names if name != CALL_NUMBER)]
    if CALL_NUMBER in names:
        columns += ["clc_number", "book_number"]
    return {name: getattr(goes, name) for name in columns}


def _merge(stays: Title, goes: Title, values: Mapping[str, Any], *, by: User | None) -> None:
    _part_reclassings(stays, goes)
    for relation in relations():
        _repoint(relation, stays, goes)
    locked_series(stays.clc_number, goes.clc_number)
    numbers = [(title.clc_number, title.book_number) for title in (stays, goes)]
    FormerTitle.objects.create(number=goes.pk, title=stays, name=goes.name)
    goes.delete()
    for name, value in values.items():
        setattr(stays, name, value)
    stays.popularity += goes.popularity
    classify_by_number(stays)
    stays.save(update_fields={*values, "popularity", "book_number", "clc_class", "main_class"})
    for clc_number, book_number in numbers:
        if (clc_number or book_number) and (clc_number, book_number) != (stays.clc_number, stays.book_number):
            renumbered(stays, old_clc_number=clc_number, old_book_number=book_number, by=by, reason=_("Titles merged"))
    index_titles([stays.pk])


def _repoint(relation: ForeignObjectRel, stays: Title, goes: Title) -> None:
    rows = _rows(relation, goes)
    if relation.one_to_one and _rows(relation, stays).exists():
        rows.delete()  # accepted, else it would have been refused
        return
    try:
        rows.update(**{relation.field.name: stays})
    except IntegrityError as error:
        raise Refused([both_in(model_label(relation.related_model))]) from error  # type: ignore[arg-type]


def _part_reclassings(stays: Title, goes: Title) -> None:
    """Where one act re-classed both, the old number of the one that goes becomes an act of its own."""
    for row in ReclassedTitle.objects.filter(title=goes, reclassing__titles__title=stays).select_related("reclassing"):
        act_of_both = row.reclassing
        row.reclassing = Reclassing.objects.create(reason=act_of_both.reason, by=act_of_both.by)
        Reclassing.objects.filter(pk=row.reclassing.pk).update(at=act_of_both.at)
        row.save(update_fields=["reclassing"])


def _rows(relation: ForeignObjectRel, title: Title) -> Any:
    model: Any = relation.related_model
    return model.objects.filter(**{relation.field.name: title})
