"""Whom a slip of paper means, and the classes that people are in now."""

from collections.abc import Collection, Iterable
from datetime import date

from circulation.queries.identify import identify
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import NamedClass, class_names_on, classes_on
from readers.queries.people import FoundReader, find_readers, with_class


def readers_meant(text: str, reference: Reference, today: date, classes: Collection[int] | None) -> list[FoundReader]:
    """Readers of these classes (None: of the school) that a card, school number, name or pinyin means; at most nine."""
    if not text.strip():
        return []
    found = identify(text)
    reader_id = found.card.reader_id if found.card else found.reader_by_number
    if reader_id is None:
        return find_readers(text, reference, today, classes=classes)
    rows = with_class(Reader.objects.filter(pk=reader_id, status=Reader.Status.ACTIVE))
    if classes is not None:
        rows = rows.filter(class_id__in=classes)
    names = class_names_on(reference, today)
    return [FoundReader(row.pk, row.name, names.get(row.class_id, ""), row.number) for row in rows]


def classes_of_readers(readers: Iterable[int | None], reference: Reference, today: date) -> dict[int, str]:
    """{reader: name of the class}, for those in one. One statement."""
    wanted = {reader for reader in readers if reader}
    names = class_names_on(reference, today)
    rows = with_class(Reader.objects.filter(pk__in=wanted)).values_list("pk", "class_id")
    return {pk: names[class_id] for pk, class_id in rows if class_id in names}


def class_of(reader: Reader, reference: Reference, today: date) -> NamedClass | None:
    """The class that a reader is in now. One statement."""
    row = with_class(Reader.objects.filter(pk=reader.pk)).values_list("class_id", flat=True).first()
    return next((one for one in classes_on(reference, today) if one.pk == row), None)
