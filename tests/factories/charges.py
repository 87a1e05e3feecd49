"""Charges, written as the operations write them."""

from decimal import Decimal

from django.db import connection, transaction

from circulation.models import Charge
from circulation.operations.charges import owe
from readers.models import Reader
from tests.factories.desk import NOON


def make_charge(reader: Reader, amount: str = "28.00", kind: str = "loss", **fields: object) -> Charge:
    """Something owed; a loss unless told otherwise."""
    with transaction.atomic():
        return owe(
            reader_id=reader.pk,
            kind=kind,
            amount=Decimal(amount),
            **{"details": {}, "by": None, "at": NOON, **fields},
        )


def check_sums() -> None:
    """Asks the database now what it would ask at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
