"""What lost and damaged books cost where the book itself does not say."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from circulation.models import DamageDegree, DefaultPrice
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated

NAME_TAKEN = Problem("name_taken", _("There is a degree of this name."), field="name")


def save_default_prices(*, prices: Mapping[str, Decimal | None], by: User | None, address: str | None = None) -> None:
    """Writes {material: yuan}; None takes a price away."""
    with act("save_default_prices", by=by, address=address):
        for material, price in prices.items():
            if price is None:
                DefaultPrice.objects.filter(material=material).delete()
            else:
                DefaultPrice.objects.update_or_create(material=material, defaults={"price": price})


def save_degree(
    *, degree_id: int | None, name: str, percent: int, by: User | None, address: str | None = None
) -> DamageDegree:
    """Writes a degree of damage, a new one without `degree_id`. Charges keep the name and share that held then.

    Refused (`Refused`) for a name that another degree has.
    """
    try:
        with act("save_damage_degree", by=by, address=address):
            degree = DamageDegree.objects.get(pk=degree_id) if degree_id else DamageDegree()
            degree.name, degree.percent = name.strip(), percent
            degree.save()
            return degree
    except IntegrityError as error:
        if violated(error) != "damage_degree_name":
            raise
        raise Refused([NAME_TAKEN]) from error


def delete_degree(*, degree_id: int, by: User | None, address: str | None = None) -> None:
    """Takes a degree of damage away; charges keep what it was."""
    with act("delete_damage_degree", by=by, address=address):
        DamageDegree.objects.filter(pk=degree_id).delete()
