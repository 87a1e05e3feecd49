"""Who serves the library."""

from datetime import date

from django.db.models import Q

from library_site.models import Role
from readers.models import Appointment, Reader


def may_be_named(reader: Reader, day: date) -> bool:
    """Whether the reader may sign in for duty: appointed this semester, or with an account of a helper or keeper."""
    if reader.status != Reader.Status.ACTIVE:
        return False
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
