"""Who somebody is among the readers: the reader of an account, with the class of the day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from library_site.models import User
from library_site.shared.reference import Reference
from readers.models import ClassMembership, Reader
from readers.queries.classes import NamedClass, classes_on


@dataclass(frozen=True)
class Person:
    """A reader and the class that they are in; None for who is in no class."""

    reader: Reader
    school_class: NamedClass | None

    @property
    def class_id(self) -> int | None:
        return self.school_class.pk if self.school_class else None


def person_of(user: User, reference: Reference, day: date) -> Person | None:
    """The reader of an account; None for an account that is no reader's. One statement."""
    current = ClassMembership.objects.filter(reader=OuterRef("pk"), until=None).values("school_class")[:1]
    reader = Reader.objects.filter(account=user).annotate(now_in=Subquery(current)).first()
    return Person(reader, named_class(reader.now_in, reference, day)) if reader else None


def named_class(class_id: int | None, reference: Reference, day: date) -> NamedClass | None:
    """A class that is at the school on the day. No statement."""
    return next((row for row in classes_on(reference, day) if row.pk == class_id), None)
