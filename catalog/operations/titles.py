"""A title's record is entered, corrected, or taken away while nothing hangs on it."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, connection

from catalog.models import FormerTitle, ReclassedTitle, Reclassing, Title
from catalog.operations.book_numbers import draw_book_number, keep_taken, locked_series
from catalog.operations.class_picks import remember_pick
from catalog.operations.copied_records import keep_copied_record
from catalog.operations.search_index import index_titles
from catalog.queries.classification import clc_codes
from catalog.rules.classification import cut_to_depth, longest_prefix, main_class
from catalog.rules.title_refusals import changed_meanwhile, no_such_title, school_number_taken
from catalog.rules.titles import tidied, title_problems, version_of
from library_site.audit import act
from library_site.models import School, User
from library_site.shared.problems import Refused, violated


def add_title(*, values: Mapping[str, Any], by: User | None, address: str | None = None, record: str = "") -> Title:
    """Enters a title. `values` are columns of `Title` by name; those that are missing keep their usual value.

    `record` is the token of the record that it was copied from (`catalog.queries.copy_cataloguing`): it is kept whole.

    Refused (`Refused`) for what has no name, no ISBN where one is given, no CLC number where one is given, and for a
    number of the school that another title has.
    """
    try:
        with act("add_title", by=by, address=address):
            title = insert_title(values=values, record=record)
            remember_pick(clc_number=title.clc_number, by=by)
            return title
    except IntegrityError as error:
        raise Refused([_from_constraint(error, values)]) from error


def insert_title(*, values: Mapping[str, Any], record: str = "") -> Title:
    """As `add_title`, inside an act that writes more than the title.

    The CLC number is cut to the school's depth; a classified title without a book number gets the next one.
    """
    assert connection.in_atomic_block
    given = tidied({"name": "", **values})
    if problems := title_problems(given):
        raise Refused(problems)
    title = Title(**given)
    title.clc_number = cut_to_depth(title.clc_number, _depth())
    _number(title)
    title.save()
    index_titles([title.pk])
    if record:
        keep_copied_record(title_id=title.pk, token=record)
    return title


def change_title(
    *, title_id: int, values: Mapping[str, Any], by: User | None, address: str | None = None, seen: str = ""
) -> Title:
    """Corrects a title's record; what stays as it was is not written.

    With another class it gets a book number there, unless one is given too. A new call number makes the labels of its
    copies due, and the old one stays known. `seen` is what `version_of` the title was when the form was shown: refused
    if somebody changed it since, and if it was merged into another or taken away.
    """
    try:
        with act("change_title", by=by, address=address):
            title = locked_title(title_id)
            if seen and seen != version_of(title):
                raise Refused([changed_meanwhile()])
            given = tidied(values)
            if problems := title_problems(given):
                raise Refused(problems)
            if given.get("clc_number", title.clc_number) != title.clc_number:
                remember_pick(clc_number=given["clc_number"], by=by)
            _write(title, given, by=by)
            return title
    except IntegrityError as error:
        raise Refused([_from_constraint(error, values)]) from error


def locked_title(title_id: int, *, to_delete: bool = False) -> Title:
    """The title, locked against edits and merges until the transaction ends; refused if it is there no longer."""
    title = Title.objects.select_for_update(no_key=not to_delete).filter(pk=title_id).first()
    if title is None:
        raise Refused([no_such_title(FormerTitle.objects.filter(pk=title_id).first())])
    return title


def renumbered(
    title: Title, *, old_clc_number: str, old_book_number: str, by: User | None, reason: str = ""
) -> ReclassedTitle:
    """Keeps a title's old call number known; that the labels of its copies are due, the database itself sees to."""
    keep_taken(clc_number=old_clc_number, book_number=old_book_number)
    return ReclassedTitle.objects.create(
        reclassing=Reclassing.objects.create(reason=reason, by=by),
        title=title,
        old_clc_number=old_clc_number,
        old_book_number=old_book_number,
        new_clc_number=title.clc_number,
        new_book_number=title.book_number,
    )


def _write(title: Title, values: Mapping[str, Any], *, by: User | None) -> None:
    changed = [name for name, value in values.items() if getattr(title, name) != value]
    old = (title.clc_number, title.book_number)
    for name in changed:
        setattr(title, name, values[name])
    if "clc_number" in changed and "book_number" not in changed:
        title.book_number = ""
    to_number = "book_number" in values and not title.book_number
    if not changed and not (to_number and title.clc_number):
        return
    if to_number or {"clc_number", "book_number"} & set(changed):
        locked_series(old[0], title.clc_number)
        _number(title)
    title.save(update_fields={*changed, "book_number", "clc_class", "main_class"})
    if any(old) and old != (title.clc_number, title.book_number):
        renumbered(title, old_clc_number=old[0], old_book_number=old[1], by=by)
    index_titles([title.pk])


def classify_by_number(title: Title) -> None:
    """Sets the class that the title's number stands for; writes nothing."""
    number = title.clc_number
    title.clc_class_id = longest_prefix(number, clc_codes()) if number else None
    title.main_class = main_class(number) if number else ""


def _number(title: Title) -> None:
    """The class, and a book number in it if there is none yet."""
    classify_by_number(title)
    number = title.clc_number
    if number and title.book_number:
        keep_taken(clc_number=number, book_number=title.book_number)
    elif number:
        title.book_number = draw_book_number(clc_number=number, author=title.author, name=title.name)


def _depth() -> int:
    school = School.objects.first()
    return school.clc_depth if school else 0


def _from_constraint(error: IntegrityError, values: Mapping[str, Any]) -> Any:
    if violated(error) != "title_school_number_unique":
        raise error
    number = tidied(values)["school_number"]
    return school_number_taken(Title.objects.filter(school_number=number).first())
