"""A barcode that a copy bore once is never another copy's, whoever writes."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from catalog.models import Copy, FormerBarcode
from tests.factories.catalog import make_copy


@pytest.mark.django_db
def test_former_barcode_is_refused_to_another_copy():
    copy = make_copy("00000007")
    FormerBarcode.objects.create(barcode="00000001", copy=copy)

    with pytest.raises(IntegrityError, match="was that of another copy"), transaction.atomic():
        make_copy("00000001")


@pytest.mark.django_db
def test_copy_may_take_its_former_barcode_again():
    copy = make_copy("00000007")
    FormerBarcode.objects.create(barcode="00000001", copy=copy)

    Copy.objects.filter(pk=copy.pk).update(barcode="00000001")

    copy.refresh_from_db()
    assert copy.barcode == "00000001"


@pytest.mark.django_db(transaction=True)
def test_barcode_that_is_being_given_up_stays_its_copys():
    """Who waits for the number to become free gets it refused all the same: it is a former number by then."""
    copy = make_copy("00000001")
    refused: list[str] = []

    def take() -> None:
        try:
            make_copy("00000001", accession_number="00000009")
        except IntegrityError as problem:
            refused.append(str(problem))
        finally:
            connection.close()

    with transaction.atomic():
        Copy.objects.filter(pk=copy.pk).update(barcode="00000002")
        FormerBarcode.objects.create(barcode="00000001", copy=copy)
        other = threading.Thread(target=take)
        other.start()
        _wait_until_it_waits(other)
    other.join()

    assert len(refused) == 1
    assert list(Copy.objects.values_list("barcode", flat=True)) == ["00000002"]


def _wait_until_it_waits(other: threading.Thread) -> None:
    """Until its session stands still behind a lock of this one."""
    with connection.cursor() as cursor:
        while other.is_alive():
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return
