"""Which labels come, in what order, and the note that they are printed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Batch, Copy, LabelPrinting, ReclassedTitle, Reclassing
from catalog.operations.search_index import index_titles
from catalog.rules.labels.sheets import MOST_AT_ONCE
from tests.conventions.test_accessibility import faults
from tests.factories.catalog import make_copy, make_title
from tests.factories.labels import make_stock
from tests.factories.sheets import import_sheet, write_sheet
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    make_school()
    make_stock()
    client = Client()
    client.force_login(make_user(), backend="library_site.authentication.AccountBackend")
    return client


def classed(**fields):
    return make_title(clc_number="I287.45", book_number="1", main_class="I", **fields)


def shown(client, **asked):
    """The labels' numbers, sheet by sheet."""
    answer = client.get(reverse("labels:labels"), asked)
    assert answer.status_code == 200
    return [[label.contents.barcode for label in sheet.labels] for sheet in answer.context.get("sheets", [])]


def mark(client, **asked):
    """Presses the button under the labels shown."""
    page = client.get(reverse("labels:labels"), asked)
    posted = {"ids": page.context["ids"], "state": page.context["state"]}
    return client.post(reverse("labels:printed", query=asked), posted, follow=True)


def test_labels_of_an_import_come_in_the_order_of_its_rows(client, tmp_path):
    run = import_sheet("holdings", write_sheet(tmp_path, ["书名", "作者", "册数"], ["乙", "一", 1], ["甲", "二", 2]))
    make_copy("99999999")

    assert shown(client, run=run.pk) == [["00000001", "00000002", "00000003"]]


def test_labels_of_a_range_leave_out_numbers_of_another_length(client):
    for barcode in ("0001", "0002", "00015", "0003", "0009"):
        make_copy(barcode)
    make_copy("0004", state="withdrawn")

    assert shown(client, first="0001", last="0005") == [["0001", "0002", "0003"]]
    assert shown(client, first="0009") == [["0009"]]


def test_labels_begin_where_the_sheet_is_still_whole(client):
    title = make_title()
    for number in range(3):
        make_copy(f"A{number}", title=title)

    assert shown(client, first="A0", last="A2", start=23) == [["A0", "A1"], ["A2"]]


def test_labels_begin_at_no_label_that_the_paper_lacks(client):
    make_copy("0001")

    answer = client.get(reverse("labels:labels"), {"first": "0001", "start": 25})

    assert "start" in answer.context["form"].errors


def test_labels_of_many_copies_come_in_parts_without_waste(client):
    title = make_title()
    for number in range(MOST_AT_ONCE + 1):
        make_copy(f"{number:04d}", title=title)

    first, second = (
        shown(client, first="0000", last="9999", start=2),
        shown(client, first="0000", last="9999", start=2, page=2),
    )
    assert (len(first), first[0][0], first[-1][-1]) == (20, "0000", "0478")
    assert second == [["0479", "0480"]]


def test_due_are_labels_never_printed_and_those_that_changed(client):
    now = timezone.now()
    make_copy("0001", title=classed(), barcode_label_at=now)
    make_copy("0002", title=classed(), spine_label_at=now)
    make_copy("0003", title=make_title(), barcode_label_at=now)
    make_copy("0004", title=classed(), barcode_label_at=now, spine_label_at=now)
    make_copy("0005", state="withdrawn")

    assert shown(client, kind="barcode") == [["0002"]]
    assert shown(client, kind="spine") == [["0001"]]
    assert shown(client, kind="both") == [["0001", "0002"]]


def test_due_can_be_only_what_was_entered_since_a_day(client):
    old, new = make_copy("0001"), make_copy("0002")
    Copy.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=9))

    day = timezone.localdate() - timedelta(days=1)
    assert shown(client, what="due", since=day.isoformat()) == [[new.barcode]]


def test_typed_list_keeps_its_order_and_says_what_it_does_not_know(client):
    for barcode in ("0001", "0002"):
        make_copy(barcode)
    client.post(reverse("labels:list"), {"codes": "0002\n9999, ０００１ 0002"})

    assert shown(client, what="list") == [["0002", "0001"]]
    assert client.get(reverse("labels:labels"), {"what": "list"}).context["chosen"].unknown == ["9999"]


def test_typed_list_finds_a_copy_by_the_label_that_was_replaced(client):
    copy = make_copy("0002")
    copy.former_barcodes.create(barcode="OLD1")
    client.post(reverse("labels:list"), {"codes": "OLD1"})

    assert shown(client, what="list") == [["0002"]]


def test_labels_of_a_batch_a_title_and_chosen_copies(client):
    batch, title = Batch.objects.create(name="2026秋"), make_title()
    one, two, three = make_copy("0001", batch=batch), make_copy("0002", title=title), make_copy("0003", title=title)

    assert shown(client, batch=batch.pk) == [["0001"]]
    assert shown(client, title=title.pk) == [["0002", "0003"]]
    assert shown(client, copies=f"{three.pk},{one.pk},x") == [["0001", "0003"]]
    assert two.barcode == "0002"


def test_labels_of_a_search_come_as_its_hits(client):
    make_copy("0001", title=make_title("海底两万里"))
    make_copy("0002", title=make_title("海底"))
    make_copy("0003", title=make_title("草房子"))
    index_titles()

    assert shown(client, what="search", q="海底") == [["0002", "0001"]]


def test_labels_of_copies_ticked_in_a_list_and_of_what_a_search_is_narrowed_to(client):
    one, two = (
        make_copy("0001", title=classed(name="海底", language="eng")),
        make_copy("0002", title=make_title("海底两万里")),
    )
    index_titles()
    answer = client.get(reverse("labels:labels"), {"copy": [one.pk, two.pk]})

    assert [label.contents.barcode for label in answer.context["sheets"][0].labels] == ["0001", "0002"]
    assert shown(client, what="search", q="海底", language="eng") == [["0001"]]


def test_title_batch_and_search_lead_to_their_labels(client):
    batch = Batch.objects.create(name="2026秋")
    copy = make_copy("0001", title=make_title("草房子"), batch=batch)
    index_titles()
    pages = {
        reverse("catalog:title", args=[copy.title_id]): f"title={copy.title_id}",
        reverse("batches:batch", args=[batch.pk]): f"batch={batch.pk}",
        reverse("catalog:search", query={"q": "草房子", "page": 1}): "q=%E8%8D%89%E6%88%BF%E5%AD%90&amp;what=search",
    }

    for page, asked in pages.items():
        assert f"{reverse('labels:labels')}?{asked}" in client.get(page).content.decode()


def test_readers_are_not_shown_labels(client):
    make_copy("0001", title=make_title("草房子"))
    index_titles()

    assert (
        reverse("labels:labels") not in Client().get(reverse("catalog:search", query={"q": "草房子"})).content.decode()
    )


def test_labels_of_reclassed_titles_come_in_shelf_order(client):
    act = Reclassing.objects.create()
    for number, barcode in (("I287.7", "0001"), ("I287.45", "0002")):
        title = make_title(clc_number=number, book_number="1")
        make_copy(barcode, title=title)
        ReclassedTitle.objects.create(reclassing=act, title=title)

    assert shown(client, reclassing=act.pk, kind="spine") == [["0002", "0001"]]
    assert shown(client, reclassing=act.pk, kind="spine", order="barcode") == [["0001", "0002"]]


def test_spine_labels_leave_out_books_without_a_class_and_say_so(client):
    make_copy("0001", title=classed())
    make_copy("0002")

    answer = client.get(reverse("labels:labels"), {"first": "0001", "last": "0002", "kind": "spine"})
    assert answer.context["chosen"].left_out == 1
    assert shown(client, first="0001", last="0002", kind="spine") == [["0001"]]


def test_marked_labels_are_due_no_more_until_that_is_taken_back(client):
    earlier = timezone.now() - timedelta(days=3)
    make_copy("0001")
    make_copy("0002", barcode_label_at=earlier)

    mark(client, first="0001", last="0002", kind="barcode")
    assert shown(client, kind="barcode") == []
    printing = LabelPrinting.objects.get()
    assert shown(client, printing=printing.pk) == [["0001", "0002"]]

    client.post(reverse("labels:undo", args=[printing.pk]))
    assert shown(client, kind="barcode") == [["0001"]]
    assert Copy.objects.get(barcode="0002").barcode_label_at == earlier


def test_marking_spines_leaves_barcode_labels_due(client):
    make_copy("0001", title=classed())

    mark(client, kind="spine")

    assert shown(client, kind="spine") == []
    assert shown(client, kind="barcode") == [["0001"]]


def test_marking_is_refused_where_a_label_changed_since_it_was_shown(client):
    copy = make_copy("0001")
    page = client.get(reverse("labels:labels"), {"kind": "barcode"})
    Copy.objects.update(barcode="0002")

    answer = client.post(
        reverse("labels:printed", query={"kind": "barcode"}),
        {"ids": str(copy.pk), "state": page.context["state"]},
        follow=True,
    )

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert shown(client, kind="barcode") == [["0002"]]


def test_all_that_are_asked_for_can_be_said_to_bear_their_labels(client):
    title = make_title()
    for number in range(MOST_AT_ONCE + 1):
        make_copy(f"{number:04d}", title=title)

    client.post(reverse("labels:printed", query={"what": "due", "kind": "barcode"}), {"all": "1"})

    assert shown(client, kind="barcode") == []
    assert LabelPrinting.objects.get().count == MOST_AT_ONCE + 1


def test_printing_taken_back_twice_is_told(client):
    make_copy("0001")
    mark(client, kind="barcode")
    printing = LabelPrinting.objects.get()
    for _time in range(2):
        answer = client.post(reverse("labels:undo", args=[printing.pk]), follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_paper_kind_and_code_are_as_chosen_last(client):
    roll = make_stock("卷纸 单排 50 × 30 mm")
    make_copy("0001", title=classed())
    shown(client, stock=roll.pk, kind="both", code="code39")

    asked = client.get(reverse("labels:labels")).context["form"].cleaned_data
    assert (asked["stock"], asked["kind"], asked["code"]) == (roll, "both", "code39")


def test_kept_address_of_a_paper_that_is_gone_takes_the_first(client):
    make_copy("0001")

    assert shown(client, first="0001", stock=999999) == [["0001"]]


def test_page_says_what_to_do_without_any_paper(db):
    make_school()
    client = Client()
    client.force_login(make_user())
    make_copy("0001")

    answer = client.get(reverse("labels:labels"), {"first": "0001"})
    assert reverse("labels:stocks") in answer.content.decode()
    assert "sheets" not in answer.context


@pytest.mark.parametrize("copies", [1, 3])
def test_page_of_labels_asks_the_same_for_one_and_for_three(client, copies, django_assert_max_num_queries):
    for number in range(copies):
        make_copy(f"{number:04d}", title=make_title())
    client.get(reverse("labels:labels"))

    with django_assert_max_num_queries(14):
        client.get(reverse("labels:labels"), {"what": "due", "kind": "barcode"})


def test_pages_of_labels_can_be_used_by_keyboard_and_by_ear(client):
    make_copy("0001", title=classed())
    mark(client, kind="both")
    stock = make_stock("卷纸 单排 60 × 40 mm")
    client.post(reverse("labels:numbers"), {"count": 2})
    pages = [
        reverse("labels:labels", query={"first": "0001", "kind": "both", "stock": stock.pk}),
        reverse("labels:labels", query={"what": "list"}),
        reverse("labels:numbers"),
        reverse("labels:stocks"),
        reverse("labels:stock", args=[stock.pk]),
        reverse("labels:stock_test", args=[stock.pk]),
        reverse("labels:signs", query={"what": "classes"}),
    ]

    assert {page: found for page in pages if (found := faults(client.get(page).content.decode()))} == {}


def test_labels_open_with_the_kind_that_is_still_to_be_printed(client):
    make_copy("0001", title=make_title(clc_number="I247.5", book_number="1"), barcode_label_at=timezone.now())

    assert client.get(reverse("labels:labels")).context["kind"] == "spine"
    assert client.get(reverse("labels:labels"), {"kind": "barcode"}).context["kind"] == "barcode"


def test_labels_open_with_barcodes_while_both_kinds_are_due(client):
    make_copy("0001")

    assert client.get(reverse("labels:labels")).context["kind"] == "barcode"
