"""Recording that somebody of the staff looked at a person's data."""

from datetime import datetime

from library_site.models import User
from readers.models import PersonLook


def record_look(*, reader_id: int, what: str, by: User, at: datetime, address: str = "") -> PersonLook:
    """Writes the look; each is one row, however soon it follows the one before."""
    return PersonLook.objects.create(reader_id=reader_id, what=what, by=by, at=at, address=address)
