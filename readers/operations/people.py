"""A reader is entered by hand, or corrected."""

from datetime import date

from django.db import IntegrityError

from library_site.audit import act
from library_site.models import User
from library_site.shared.codes import normalise_code
from library_site.shared.problems import Problem, Refused, violated
from readers.models import Card, ClassMembership, Reader
from readers.operations.cards import draw_card_numbers
from readers.rules.details import Details, category_problems, changed, detail_problems, place_problems


def add_reader(
    *,
    details: Details,
    class_id: int | None,
    since: date | None,
    with_card: bool,
    today: date,
    by: User | None,
    address: str | None = None,
) -> Reader:
    """Enters a reader, a pupil in a class from `since` on, with the next free card if wanted.

    Refused (`Refused`) for a number that somebody has, for identity numbers anywhere, for a pupil without a class.
    """
    try:
        with act("add_reader", by=by, address=address):
            problems = detail_problems(details, owner_of_number=_owner(details.number))
            problems += place_problems(details.category, class_id, since, today=today)
            if problems:
                raise Refused(problems)
            reader = Reader.objects.create(**details.columns())
            if class_id is not None:
                ClassMembership.objects.create(reader=reader, school_class_id=class_id, since=since or today)
            if with_card:
                Card.objects.create(reader=reader, barcode=draw_card_numbers(1)[0], issued_on=today)
            return reader
    except IntegrityError as error:
        raise Refused(_from_constraint(error, details)) from error


def change_reader(*, reader_id: int, details: Details, by: User | None, address: str | None = None) -> Reader:
    """Corrects who a reader is. What stays as it was is not written.

    Refused as `add_reader`, and for a pupil of past semesters who is to become somebody else.
    """
    try:
        with act("change_reader", by=by, address=address):
            reader = Reader.objects.select_for_update(of=("self",), no_key=True).get(pk=reader_id)
            problems = detail_problems(details, owner_of_number=_owner(details.number, but=reader_id))
            was_in_class = ClassMembership.objects.filter(reader=reader).exists()
            problems += category_problems(reader.category, details.category, was_in_class=was_in_class)
            if problems:
                raise Refused(problems)
            _write(reader, details.columns())
            return reader
    except IntegrityError as error:
        raise Refused(_from_constraint(error, details)) from error


def _write(reader: Reader, columns: dict[str, str]) -> None:
    names = changed(reader, columns)
    for name in names:
        setattr(reader, name, columns[name])
    if names:
        reader.save(update_fields=names)


def _owner(number: str, *, but: int | None = None) -> Reader | None:
    code = normalise_code(number)
    others = Reader.objects.exclude(pk=but) if but else Reader.objects.all()
    return others.filter(number=code).first() if code else None


def _from_constraint(error: IntegrityError, details: Details) -> list[Problem]:
    """Somebody else was quicker with the number."""
    if violated(error) != "reader_number_unique":
        raise error
    return detail_problems(details, owner_of_number=_owner(details.number))
