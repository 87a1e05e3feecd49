"""Charges that do not add up to nothing: whoever still owes, or is owed, is not forgotten."""

from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from circulation.models import Charge


def unsettled_charges() -> QuerySet[Charge]:
    """The charges whose entries do not sum to 0, either way."""
    return Charge.objects.annotate(balance=Coalesce(Sum("entries__amount"), Decimal(0))).exclude(balance=0)
