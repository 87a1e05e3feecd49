import pytest

from catalog.models import Shelf
from catalog.queries.title_page import standings, title_for_page
from circulation.queries.availability import due_on, is_set_aside
from tests.factories.catalog import make_copy, make_location, make_title

pytestmark = pytest.mark.django_db


def shelf_of(clc_number: str, book_number: str = "1") -> str | None:
    hall = make_location("流通书库", hint="二楼左手")
    copy = make_copy(title=make_title(clc_number=clc_number, book_number=book_number), location=hall)
    title = title_for_page(copy.title_id)
    assert title is not None
    (standing,) = standings(title, due_on=due_on(), set_aside=is_set_aside())
    assert standing.hint == "二楼左手"
    return standing.shelf


@pytest.mark.parametrize(
    ("clc_number", "shelf"),
    [("G62", None), ("I0", "3架"), ("I246", "3架"), ("I247.5", "4架"), ("I3", "4架"), ("K1", "5架"), ("", None)],
)
def test_shelf_is_the_last_that_begins_before_the_number(clc_number, shelf):
    hall = make_location("流通书库", hint="二楼左手")
    for begins_with, name in [("I", "3架"), ("I247", "4架"), ("K", "5架")]:
        Shelf.objects.create(location=hall, name=name, begins_with=begins_with)
    Shelf.objects.create(location=make_location("别处"), name="1架", begins_with="A")
    assert shelf_of(clc_number) == shelf
