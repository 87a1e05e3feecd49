"""The desk's pages with addresses that somebody typed wrongly."""

import pytest
from django.urls import reverse

HUGE = "9" * 30


@pytest.mark.parametrize("day", ["2026-13-45", "2026-10-13", "2020-01-01", "morgen"])
def test_board_of_a_day_that_cannot_be_keyed_in_is_todays(desk, library, day):
    page = desk.client.get(reverse("circulation:board", args=[library.school_class.pk]), {"on": day})
    assert page.status_code == 200
    assert "data-on" not in page.content.decode()


def test_board_of_a_past_day_says_so(desk, library):
    page = desk.client.get(reverse("circulation:board", args=[library.school_class.pk]), {"on": "2026-10-09"})
    assert 'data-on="2026-10-09"' in page.content.decode()


@pytest.mark.parametrize("address", [f"/desk/?reader={HUGE}", f"/desk/out/?class={HUGE}", "/desk/out/?class=x"])
def test_numbers_of_nothing_show_the_page_without_it(desk, address):
    assert desk.client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("lend", {"copy": HUGE, "reader": 1}),
        ("renew", {"loan": HUGE}),
        ("renew_instead", {"event": HUGE}),
        ("undo", {"event": HUGE}),
        ("open_reader", {"reader": HUGE}),
        ("renew_all", {"reader": HUGE}),
    ],
)
def test_acts_on_things_that_are_not_there_are_refused(desk, name, fields):
    assert desk.post(name, **fields).status in (200, 400, 404)
