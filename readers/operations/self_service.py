"""Choosing the grades that log in themselves."""

from collections.abc import Collection

from library_site.audit import act
from library_site.models import User
from readers.models import Grade


def open_self_service(*, grades: Collection[tuple[str, int]], by: User | None, address: str | None = None) -> None:
    """Lets the pupils of exactly these grades log in, as (stage, year of the stage).

    Accounts and passwords of the others stay as they are; whoever of them is logged in is shown out at the next page.
    """
    with act("open_self_service", by=by, address=address):
        for grade in Grade.objects.select_for_update(no_key=True).order_by("pk"):
            opened = (grade.stage, grade.position) in grades
            if grade.self_service != opened:
                grade.self_service = opened
                grade.save(update_fields=["self_service"])
