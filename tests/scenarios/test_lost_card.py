"""A pupil loses the card: what the desk says to the old one and the new one, for ever."""

import pytest
from django.test import Client
from django.urls import reverse

from library_site.models import Role
from tests.circulation.views.conftest import DeskClient
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian(time_machine):
    time_machine.move_to("2026-10-12T04:20:00Z")
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy()
    client = Client()
    client.force_login(make_user(Role.LIBRARIAN))
    return client


def test_old_card_is_refused_for_ever_and_the_new_one_opens(librarian, time_machine):
    school_class = make_class(2024, 1)
    reader = make_reader("赵小明", school_class=school_class)
    librarian.post(reverse("readers:issue_cards"), {"classes": [school_class.pk]})
    old = reader.cards.get().barcode
    helper = make_user(Role.HELPER)
    desk = DeskClient(helper)
    assert desk.scan(old).tone == "opened"

    librarian.post(reverse("readers:card_lost", args=[reader.pk]))
    desk.reader = ""
    answer = desk.scan(old)
    assert answer.tone == "refused"
    assert "此借书证已挂失。" in answer.answer

    librarian.post(reverse("readers:new_card", args=[reader.pk]), {"fee": "5.00"})
    new = reader.cards.get(status="valid").barcode
    assert desk.scan(new).tone == "opened"

    librarian.post(reverse("readers:new_card", args=[reader.pk]), {"ends": "replaced"})
    time_machine.move_to("2027-05-12T04:20:00Z")
    desk = DeskClient(helper)
    assert [desk.scan(code).tone for code in (old, new)] == ["refused", "refused"]
    assert desk.scan(reader.cards.get(status="valid").barcode).tone == "opened"
