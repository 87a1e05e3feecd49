"""Pages of gifts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import DonatedBook, Donation
from catalog.models import Batch
from library_site.models import ListExport, Role
from tests.activities.operations.test_donations import ISBN, TODAY, make_donation
from tests.factories.catalog import make_title
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian(client):
    make_school()
    make_school_year(2026)
    client.force_login(make_user())
    return client


def at(name, *args):
    return reverse(f"donations:{name}", args=args)


def test_gift_of_a_pupil_keeps_the_class_of_the_day(librarian):
    school_class = make_class(2024, 1)
    pupil = make_reader("张三丰", school_class=school_class)
    answer = librarian.post(at("new"), {"who": pupil.number, "on": TODAY.isoformat()})
    row = Donation.objects.get()
    assert answer.url == at("donation", row.pk)
    assert (row.reader, row.school_class) == (pupil, school_class)


def test_gift_of_nobody_is_told_at_the_form(librarian):
    assert librarian.post(at("new"), {"on": TODAY.isoformat()}).status_code == 422
    assert librarian.post(at("new"), {"who": "没有这个人", "on": TODAY.isoformat()}).status_code == 422
    assert not Donation.objects.exists()


def test_gift_goes_from_scan_to_the_fast_lane(librarian):
    make_title("呐喊", isbn=ISBN)
    pupil = make_reader("张三丰", school_class=make_class(2024, 1))
    gift = make_donation(reader_id=pupil.pk, school_class_id=make_class(2024, 1).pk)
    librarian.post(at("add", gift.pk), {"words": ISBN, "copies": 2})
    assert librarian.post(at("add", gift.pk), {"words": "9787020002207", "copies": 1}).status_code == 422
    assert "呐喊" in librarian.get(at("donation", gift.pk)).content.decode()

    answer = librarian.post(at("hand_over"), {"donation": [gift.pk]})

    batch = Batch.objects.get()
    assert answer.url == reverse("fast_lane:page", query={"batch": batch.pk, "source": "donation"})
    assert batch.supplier == "三(1)班"  # the ledger does not name pupils
    lane = librarian.get(answer.url).content.decode()
    assert '<option value="donation" selected>' in lane


def test_books_are_decided_and_taken_out(librarian):
    gift = make_donation()
    librarian.post(at("add", gift.pk), {"words": "旧教辅", "copies": 1})
    book = DonatedBook.objects.get()
    librarian.post(at("fate", book.pk), {"fate": "refused", "reason": "", "copies": 1})
    book.refresh_from_db()
    assert book.fate == "waiting"
    librarian.post(at("fate", book.pk), {"fate": "refused", "reason": "内容过时", "copies": 4})
    book.refresh_from_db()
    assert (book.fate, book.reason, book.copies) == ("refused", "内容过时", 4)
    librarian.post(at("drop", book.pk))
    librarian.post(at("delete", gift.pk))
    assert not Donation.objects.exists()


def test_thanks_are_printed_one_a_page_and_noted(librarian):
    gifts = [make_donation(), make_donation(donor="新华书店")]
    page = librarian.get(at("thanks"), {"donation": [gift.pk for gift in gifts]}).content.decode()
    assert page.count('class="thanks-page"') == 2
    librarian.post(at("thanked"), {"donation": [gift.pk for gift in gifts]})
    assert Donation.objects.filter(thanked_on=None).count() == 0


def test_list_by_class_names_no_pupil(client, librarian):
    school_class = make_class(2024, 1)
    make_donation(reader_id=make_reader("张三丰", school_class=school_class).pk, school_class_id=school_class.pk)
    make_donation()
    client.force_login(make_user(Role.PRINCIPAL))
    page = client.get(at("by_class")).content.decode()
    assert "三(1)班" in page
    assert "家长委员会" in page
    assert "张三丰" not in page
    assert client.get(at("register")).status_code == 403


def test_export_of_the_register_is_recorded(librarian):
    make_donation()
    assert "家长委员会" in b"".join(librarian.get(at("export"), {"as": "csv"}).streaming_content).decode("utf-8-sig")
    assert ListExport.objects.get().what == "export.donations"


def test_pages_take_as_many_statements_for_one_gift_as_for_three(librarian):
    def add():
        gift = make_donation()
        librarian.post(at("add", gift.pk), {"words": "呐喊", "copies": 1})
        librarian.post(at("add", gift.pk), {"words": "彷徨", "copies": 1})
        return gift.pk

    def counts(keys):
        found = []
        for address in (at("register"), at("by_class"), at("thanks") + "?" + "&".join(f"donation={k}" for k in keys)):
            librarian.get(address)
            with CaptureQueriesContext(connection) as captured:
                librarian.get(address)
            found.append(len(captured))
        return found

    first = add()
    assert counts([first]) == counts([first, add(), add()])
