"""Pages of copies, batches and sets, as the librarian uses them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Batch, Copy, FormerBarcode
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import lend
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def librarian(client):
    make_school()
    user = make_user()
    client.force_login(user)
    return user


def page_text(response) -> str:
    return response.content.decode()


def add(client, title, **fields):
    values = {"count": 1, "barcode": "", "location": make_location().pk, "source": "purchase", **fields}
    return client.post(reverse("copies:add", args=[title.pk]), values)


def change(client, copy, **fields):
    values = {
        "location": copy.location_id,
        "accession_number": copy.accession_number,
        "source": copy.source,
        "condition": copy.condition,
        **fields,
    }
    return client.post(reverse("copies:copy", args=[copy.pk]), values)


def test_copies_are_entered_from_the_first_barcode_on(client, librarian):
    title = make_title()

    response = add(client, title, count=3, barcode="a0099", price="￥12.50")

    assert response.url == reverse("copies:of_title", args=[title.pk])
    rows = Copy.objects.order_by("barcode").values_list("barcode", "price")
    assert [(barcode, str(price)) for barcode, price in rows] == [
        ("A0099", "12.50"),
        ("A0100", "12.50"),
        ("A0101", "12.50"),
    ]


def test_range_that_meets_taken_numbers_lists_them_and_enters_nothing(client, librarian):
    make_copy("A0002", title=make_title("夏洛的网"))
    make_copy("A0003", title=make_title("三国演义"))

    response = add(client, make_title(), count=3, barcode="A0001")

    assert response.status_code == 422
    assert "夏洛的网" in page_text(response)
    assert "三国演义" in page_text(response)
    assert Copy.objects.count() == 2


def test_first_barcode_without_digits_counts_on_for_one_copy_only(client, librarian):
    assert add(client, make_title(), count=2, barcode="LOOSE").status_code == 422
    assert add(client, make_title(), count=1, barcode="LOOSE").status_code == 302


def test_missing_volumes_of_a_set_are_proposed_and_get_their_share(client, librarian):
    title = make_title(volumes=3, price="100.00")
    make_copy(title=title, volume="上")

    form = client.get(reverse("copies:add", args=[title.pk])).context["form"]
    add(client, title, volumes=form["volumes"].initial, price="100.00")

    entered = Copy.objects.exclude(volume="上").order_by("volume_key").values_list("volume", "price")
    assert [(volume, str(price)) for volume, price in entered] == [("2", "33.33"), ("3", "33.34")]


def test_sets_with_gaps_are_listed_and_whole_ones_are_not(client, librarian):
    gap, whole = make_title("三国演义", volumes=2), make_title("水浒传", volumes=2)
    make_copy(title=gap, volume="下")
    make_copy(title=gap, volume="1", state="withdrawn")
    make_copy(title=whole, volume="1")
    make_copy(title=whole, volume="2")
    make_title("红楼梦", volumes=4)  # nothing of it is held, so nothing is missing from the shelf

    text = page_text(client.get(reverse("copies:sets")))

    assert "三国演义" in text
    assert "水浒传" not in text
    assert "红楼梦" not in text


def test_corrected_copy_shows_what_it_was(client, librarian):
    copy, room = make_copy(), make_location("三楼")

    response = change(client, copy, location=room.pk, note="签名本")

    copy.refresh_from_db()
    assert response.status_code == 302
    assert (copy.location, copy.note) == (room, "签名本")
    page = client.get(reverse("copies:copy", args=[copy.pk]))
    assert [str(row["act"]) for row in page.context["history"]] == ["修改复本"]


def test_new_barcode_leaves_the_old_one_on_the_page(client, librarian):
    copy = make_copy("A1")

    client.post(reverse("copies:barcode", args=[copy.pk]), {"barcode": "a2", "reason": "脱落", "labelled": "on"})

    copy.refresh_from_db()
    text = page_text(client.get(reverse("copies:copy", args=[copy.pk])))
    assert (copy.barcode, copy.barcode_label_at is not None) == ("A2", True)
    assert "脱落" in text


def test_barcode_of_another_book_is_refused_with_its_name(client, librarian):
    copy = make_copy("A1")
    FormerBarcode.objects.create(barcode="A2", copy=make_copy("A3", title=make_title("夏洛的网")))

    response = client.post(reverse("copies:barcode", args=[copy.pk]), {"barcode": "A2"})

    assert response.status_code == 422
    assert "夏洛的网" in page_text(response)


def test_state_is_noted_but_not_while_the_copy_is_on_loan(client, librarian):
    make_school_year(2026)
    make_opening_hours()
    make_policy("student")
    inside, out = make_copy(), make_copy()
    lend(out, make_reader(), librarian)

    noted = client.post(reverse("copies:state", args=[inside.pk]), {"state": "in_repair"})
    refused = client.post(reverse("copies:state", args=[out.pk]), {"state": "withdrawn"})

    assert (noted.status_code, refused.status_code) == (302, 422)
    assert Copy.objects.get(pk=inside.pk).state == "in_repair"
    assert Copy.objects.get(pk=out.pk).state == "on_shelf"


def test_copy_entered_by_mistake_is_deleted_and_one_with_history_is_not(client, librarian):
    fresh, old = make_copy(), make_copy("A1")
    FormerBarcode.objects.create(barcode="A0", copy=old)

    gone = client.post(reverse("copies:delete", args=[fresh.pk]))
    refused = client.post(reverse("copies:delete", args=[old.pk]))

    assert (gone.status_code, refused.status_code) == (302, 422)
    assert list(Copy.objects.all()) == [old]


def test_books_are_moved_by_old_and_new_labels_after_they_were_seen(client, librarian):
    room = make_location("三楼")
    copies = [make_copy("A1"), make_copy("A2")]
    FormerBarcode.objects.create(barcode="B1", copy=copies[0])
    values = {"barcodes": "b1\nA2\nA2\nX9", "location": room.pk}

    seen = client.post(reverse("copies:move"), values)
    assert seen.status_code == 200
    assert "X9" in page_text(seen)
    assert not Copy.objects.filter(location=room).exists()
    moved = client.post(reverse("copies:move"), {**values, "move": "1"})

    assert moved.status_code == 302
    assert set(Copy.objects.filter(location=room)) == set(copies)


def test_move_to_nowhere_is_refused(client, librarian):
    make_copy("A1")

    response = client.post(reverse("copies:move"), {"barcodes": "A1", "move": "1"})

    assert response.status_code == 422


def test_chosen_copies_and_whole_batches_come_ready_to_be_moved(client, librarian):
    batch = Batch.objects.create(name="2026-1")
    copy, other = make_copy("A1", batch=batch), make_copy("A2")

    by_key = client.get(reverse("copies:move"), {"copy": [other.pk, "x"]})
    by_batch = client.get(reverse("copies:move"), {"batch": batch.pk})

    assert by_key.context["form"]["barcodes"].value() == "A2"
    assert by_batch.context["form"]["barcodes"].value() == copy.barcode


def test_batch_is_entered_corrected_and_deleted_while_it_is_empty(client, librarian):
    values = {"name": "2026-1", "received_on": "2026-10-01", "supplier": "新华书店"}
    client.post(reverse("batches:new"), values)
    batch = Batch.objects.get()
    client.post(reverse("batches:edit", args=[batch.pk]), {**values, "name": "2026-2"})
    copy = make_copy(batch=batch)

    client.post(reverse("batches:delete", args=[batch.pk]))
    batch.refresh_from_db()
    assert (batch.name, batch.received_on) == ("2026-2", date(2026, 10, 1))
    copy.delete()
    client.post(reverse("batches:delete", args=[batch.pk]))
    assert not Batch.objects.exists()


def test_batch_with_the_name_of_another_is_refused(client, librarian):
    Batch.objects.create(name="2026-1")

    response = client.post(reverse("batches:new"), {"name": "2026-1", "received_on": "2026-10-01"})

    assert response.status_code == 422
    assert Batch.objects.count() == 1


def test_new_batch_leads_back_into_the_fast_lane(client, librarian):
    make_location()
    address = reverse("batches:new", query={"next": "fast_lane"})

    page = client.post(address, {"name": "2026-1", "received_on": "2026-10-01"}, follow=True)

    assert page.context["form"]["batch"].value() == str(Batch.objects.get().pk)


@pytest.mark.parametrize("name", ["of_title", "batch", "move", "sets"])
def test_lists_need_as_many_statements_for_three_rows_as_for_one(client, librarian, name):
    batch, title = Batch.objects.create(name="2026-1"), make_title(volumes=5)
    addresses = {
        "of_title": reverse("copies:of_title", args=[title.pk]),
        "batch": reverse("batches:batch", args=[batch.pk]),
        "sets": reverse("copies:sets"),
        "move": reverse("copies:move"),
    }

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            if name == "move":
                barcodes = "\n".join(Copy.objects.values_list("barcode", flat=True))
                client.post(addresses[name], {"barcodes": barcodes})
            else:
                client.get(addresses[name])
        return len(captured)

    make_copy(title=title, volume="1", batch=batch)
    count()  # fills what a process keeps
    one = count()
    for number in range(2):
        make_copy(title=title, volume=str(number + 2), batch=batch)
        make_copy(title=make_title(volumes=3), volume="1", batch=batch)

    assert count() == one


def test_sets_with_gaps_leave_as_a_file(client, librarian):
    make_copy(title=make_title("三国演义", volumes=3), volume="1")

    response = client.get(reverse("copies:export_sets"), {"as": "csv"})

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "三国演义" in lines[1]
    assert "2, 3" in lines[1]
