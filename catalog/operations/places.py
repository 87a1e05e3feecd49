"""Places (馆藏地点) and shelves (书架): entered, changed, taken away while nothing stands there."""

from django.db import IntegrityError
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy, Location, Shelf
from catalog.rules.classification import is_clc_number, normalise_clc
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated


def save_place(
    *, location_id: int | None, name: str, circulates: bool, hint: str, by: User | None, address: str | None = None
) -> Location:
    """Enters a place (`location_id` None) or changes one. Refused for a name that another place has."""
    try:
        with act("save_place", by=by, address=address):
            place = Location.objects.select_for_update().get(pk=location_id) if location_id else Location()
            place.name, place.circulates, place.hint = name.strip(), circulates, hint.strip()
            place.save()
            return place
    except IntegrityError as error:
        if violated(error) != "location_name_unique":
            raise
        raise Refused([Problem("place_name_taken", _("Another place has this name."), field="name")]) from error


def remove_place(*, location_id: int, by: User | None, address: str | None = None) -> None:
    """Takes a place away with its shelves. Refused while a copy, held or written off, is kept there."""
    try:
        with act("remove_place", by=by, address=address):
            place = Location.objects.select_for_update().get(pk=location_id)
            place.shelves.all().delete()
            place.delete()
    except ProtectedError as error:
        raise Refused([_place_in_use(location_id)]) from error


def save_shelf(
    *,
    shelf_id: int | None,
    location_id: int,
    name: str,
    begins_with: str,
    by: User | None,
    address: str | None = None,
) -> Shelf:
    """Enters a shelf of a place or changes one; it reaches up to where the next begins.

    Refused for what is no CLC number, and where another shelf of the place begins with the same one.
    """
    number = normalise_clc(begins_with)
    if not is_clc_number(number):
        raise Refused([Problem("no_clc_number", _("This is no CLC number."), field="begins_with")])
    try:
        with act("save_shelf", by=by, address=address):
            shelf = Shelf.objects.select_for_update().get(pk=shelf_id, location=location_id) if shelf_id else Shelf()
            shelf.location_id, shelf.name, shelf.begins_with = location_id, name.strip(), number
            shelf.save()
            return shelf
    except IntegrityError as error:
        if violated(error) != "shelf_unique":
            raise
        text = _("Another shelf of this place begins with the same number.")
        raise Refused([Problem("shelf_taken", text, field="begins_with")]) from error


def remove_shelf(*, shelf_id: int, by: User | None, address: str | None = None) -> None:
    """Takes a shelf away; what stood on it belongs to the one before."""
    with act("remove_shelf", by=by, address=address):
        Shelf.objects.filter(pk=shelf_id).delete()


def _place_in_use(location_id: int) -> Problem:
    count = Copy.objects.filter(location=location_id).count()
    if not count:
        named = _("Opening hours, the timetable, visits or the like name this place.")
        return Problem("place_in_use", named, _("Take it out of them first, or give this place another name."))
    text = _("%(count)s copies are recorded at this place, written-off ones included.") % {"count": count}
    way_out = _("Move them to another place first, or give this place another name.")
    return Problem("place_in_use", text, way_out=way_out, link=reverse("places:place", args=[location_id]))
