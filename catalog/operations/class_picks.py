"""What a cataloguer chose last, for the class picker."""

from django.utils import timezone

from catalog.models import ClassPick
from library_site.models import User


def remember_pick(*, clc_number: str, by: User | None) -> None:
    """Puts the class at the top of what the picker offers this person. To be called by whatever gives a class."""
    if by is not None and clc_number:
        ClassPick.objects.update_or_create(user=by, code=clc_number, defaults={"at": timezone.now()})
