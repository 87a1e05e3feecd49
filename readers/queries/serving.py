"""Who serves the library."""

from datetime import date

from django.db.models import Q

from library_site.models import Role
from library_site.shared.codes import normalise_code
from readers.models import Appointment, Card, Reader


def reader_of_valid_card(text: str) -> Reader | None:
    """Whose card this is, if the card is valid and its reader still at the school."""
    rows = Reader.objects.filter(cards__barcode=normalise_code(text), cards__status=Card.Status.VALID)
    return rows.filter(status=Reader.Status.ACTIVE).select_related("account").first()


def may_be_named(reader: Reader, day: date) -> bool:
    """Whether the reader may sign in for duty: appointed this semester, or with an account of a helper or keeper."""
    account = reader.account
    if account is not None and account.is_active and account.has_role(Role.HELPER, Role.CLASS_KEEPER, Role.LIBRARIAN):
        return True
    return Appointment.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day),
        reader=reader,
        appointed_on__lte=day,
        semester__starts_on__lte=day,
        semester__ends_on__gte=day,
    ).exists()
