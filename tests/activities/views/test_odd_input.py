"""What no page of ours sends: it is refused or left out, and never breaks a page."""

import pytest
from django.urls import reverse

from activities.models import BookList, EntryFile
from library_site.models import Role
from tests.factories.entries import make_contest, make_entry
from tests.factories.files import PDF, make_file
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
LONG = "9" * 5000  # digits; Python reads no number as long as that
NOUGHT = "一\x00二"  # which no database keeps


@pytest.fixture(autouse=True)
def here(client, time_machine):
    time_machine.move_to("2026-10-14T12:00:00+08:00")
    make_school()
    make_school_year()
    client.force_login(make_user())


@pytest.mark.parametrize("asked", [{"q": NOUGHT}, {"level": NOUGHT}, {"class": LONG}])
def test_register_of_honours(client, asked):
    assert client.get(reverse("honours:register"), asked).status_code == 200


def test_ticks_of_works(client):
    school_class, contest = make_class(), make_contest()
    pupil = make_reader(school_class=school_class)

    client.post(
        reverse("entries:tick", args=[contest.pk, school_class.pk]),
        {"ticked": [LONG, pupil.pk], "was": [LONG], f"name-{pupil.pk}": NOUGHT},
    )

    assert contest.entries.get().name == "一二"


def test_files_of_a_work(client):
    entry = make_entry(make_contest())
    page = EntryFile.objects.create(entry=entry, file=make_file(None, PDF, "征文.pdf"))
    address = reverse("entries:files", args=[entry.activity_id, entry.number])

    assert client.post(address, {"file": page.file_id, "act": "turn"}).status_code == 404
    assert client.post(address, {"file": LONG, "act": "remove"}).status_code == 302
    assert entry.files.count() == 1


def test_photographs_of_a_class(client):
    school_class, contest = make_class(), make_contest()

    assert client.get(reverse("entries:photos", args=[contest.pk, school_class.pk]), {"file": LONG}).status_code == 200


def test_book_of_a_note(client):
    client.force_login(make_reader(account=make_user(Role.STUDENT)).account)

    assert client.post(reverse("notes:new"), {"title": LONG}).status_code == 422
    assert client.get(reverse("notes:new"), {"title": LONG}).status_code == 200


@pytest.mark.parametrize("sent", [{"q": NOUGHT}, {"title": LONG}, {"title": "999999999"}])
def test_title_of_a_booklist(client, sent):
    shown = BookList.objects.create(name="暑期书目")

    assert client.post(reverse("booklists:put", args=[shown.pk]), sent).status_code < 500
    assert not shown.items.exists()
