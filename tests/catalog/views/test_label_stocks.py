"""Label paper and numbers before the books come."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from catalog.models import Copy, LabelStock, PrintedNumbers
from catalog.operations.copies import add_copies
from catalog.operations.label_stock import load_stocks
from catalog.operations.labels import draw_numbers
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.labels import make_stock
from tests.factories.site import make_school, make_user


@pytest.fixture
def client(db):
    make_school()
    client = Client()
    client.force_login(make_user(), backend="library_site.authentication.AccountBackend")
    return client


SIZES = {
    "name": "书标", "feed": "sheet", "page_width": "210", "page_height": "297", "columns": "3", "rows": "8",
    "label_width": "70", "label_height": "37", "left": "0", "top": "0.5", "gap_across": "0", "gap_down": "0",
    "nudge_right": "-0.5", "nudge_down": "1.2",
}  # fmt: skip


def test_paper_is_described_and_leads_to_its_test_frame(client):
    answer = client.post(reverse("labels:stock_new"), SIZES)

    stock = LabelStock.objects.get()
    assert answer.headers["Location"] == reverse("labels:stock_test", args=[stock.pk])
    assert (float(stock.nudge_right), float(stock.nudge_down)) == (-0.5, 1.2)


def test_paper_whose_labels_run_over_the_page_is_refused_at_its_field(client):
    answer = client.post(reverse("labels:stock_new"), {**SIZES, "columns": "4"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["columns"]
    assert not LabelStock.objects.exists()


@pytest.mark.parametrize(
    "values", [{"left": "-1"}, {"page_width": "0"}, {"nudge_right": "21"}, {"rows": "41"}, {"name": ""}]
)
def test_paper_with_a_senseless_size_is_refused_at_its_field(client, values):
    answer = client.post(reverse("labels:stock_new"), {**SIZES, **values})

    assert set(values) <= set(answer.context["form"].errors)


def test_new_paper_begins_as_the_one_that_it_is_like(client):
    stock = make_stock()

    form = client.get(reverse("labels:stock_new"), {"like": stock.pk}).context["form"]
    assert (form["label_width"].value(), form["name"].value()) == (stock.label_width, "")


def test_paper_is_removed(client):
    stock = make_stock()
    client.post(reverse("labels:stock_away", args=[stock.pk]))

    assert not LabelStock.objects.filter(pk=stock.pk).exists()


def test_style_sheet_gives_the_page_the_size_of_the_paper(client):
    stock = make_stock("卷纸 单排 50 × 30 mm")
    answer = client.get(reverse("labels:stock_css", args=[stock.pk]))

    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.content.decode() == "@page { size: 50mm 30mm; margin: 0; }\n"


def test_usual_papers_come_once_and_leave_what_the_school_changed(client):
    load_stocks()
    count = LabelStock.objects.count()
    LabelStock.objects.filter(name__startswith="A4 3 × 8").update(nudge_right=1)
    LabelStock.objects.filter(feed="roll").delete()
    load_stocks()
    assert LabelStock.objects.filter(feed="roll").count() == 0

    client.post(reverse("labels:usual_stocks"))
    assert LabelStock.objects.count() == count
    assert LabelStock.objects.filter(nudge_right=1).count() == 1


def test_numbers_before_the_books_are_nobody_elses_and_can_be_printed_again(client):
    stock = make_stock()
    make_copy("00000002")
    client.post(reverse("labels:numbers"), {"count": "3"})

    row = PrintedNumbers.objects.get()
    assert row.numbers == ["00000001", "00000003", "00000004"]
    answer = client.get(reverse("labels:labels"), {"what": "numbers", "numbers": row.pk, "stock": stock.pk})
    (sheet,) = answer.context["sheets"]
    assert [label.contents.barcode for label in sheet.labels] == row.numbers
    assert client.get(reverse("labels:numbers")).context["rows"][0].used == 0

    client.post(reverse("labels:numbers"), {"count": "1"})
    assert PrintedNumbers.objects.order_by("-pk")[0].numbers == ["00000005"]


def test_numbers_on_books_are_counted(client):
    client.post(reverse("labels:numbers"), {"count": "2"})
    make_copy("00000001")

    assert client.get(reverse("labels:numbers")).context["rows"][0].used == 1


@pytest.mark.parametrize("count", ["0", "5001", "x", ""])
def test_senseless_count_of_numbers_draws_none(client, count):
    assert client.post(reverse("labels:numbers"), {"count": count}).status_code == 422
    assert not PrintedNumbers.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_draw_and_one_who_enters_copies_get_different_numbers():
    make_school()
    user, title, place = make_user(), make_title(), make_location()
    barrier = threading.Barrier(3)

    def draw():
        barrier.wait()
        draw_numbers(count=40, by=user)
        connection.close()

    def enter():
        barrier.wait()
        add_copies(title_id=title.pk, barcodes=None, count=40, location_id=place.pk, by=user)
        connection.close()

    threads = [threading.Thread(target=act) for act in (draw, draw, enter)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    given = [number for row in PrintedNumbers.objects.all() for number in row.numbers]
    given += Copy.objects.values_list("barcode", flat=True)
    assert len(given) == 120
    assert len(set(given)) == 120
