import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from catalog.models import Batch, Shelf
from catalog.operations.search_index import index_titles
from catalog.views import book_lists
from library_site.models import ListExport, Role
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.readers import make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    make_school()
    make_school_year()
    return signed_in(Role.LIBRARIAN)


def signed_in(role):
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user(role), backend="library_site.authentication.AccountBackend")
    return client


def page(client, name, **asked) -> str:
    answer = client.get(reverse(name), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def lines(client, name, **asked):
    answer = client.get(reverse(name), {"as": "csv", **asked})
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_teacher_prints_indexes_and_no_list_of_the_library_itself(client):
    make_copy(title=make_title("昆虫记", subjects="昆虫"))
    teacher = signed_in(Role.TEACHER)

    shown = page(teacher, "lists:index", by="subject")

    assert "昆虫记" in shown
    assert "Index by Subject" in shown
    assert reverse("lists:shelf_list") not in shown
    assert teacher.get(reverse("lists:shelf_list")).status_code == 403
    assert reverse("lists:shelf_list") in page(client, "lists:index")


def test_index_says_what_it_is_narrowed_to(client):
    room = make_location("绘本室")
    make_copy(title=make_title("书", clc_number="I287", main_class="I"), location=room)

    shown = page(client, "lists:index", clc="i287", place=room.pk)

    assert "CLC class: i287 · Place: 绘本室" in shown
    assert "1 title" in shown


def test_each_heading_may_begin_a_page_of_its_own(client):
    for name, course in (("甲", "语文"), ("乙", "数学")):
        make_copy(title=make_title(name, course=course))

    assert page(client, "lists:index", by="course").count('class="sheet"') == 1
    assert page(client, "lists:index", by="course", apart="on").count('class="sheet"') == 2


def test_long_index_comes_in_parts_and_whole_as_a_file(client, monkeypatch):
    monkeypatch.setattr(book_lists, "PART", 2)
    for number in range(5):
        make_copy(title=make_title(f"书{number}", clc_number="I2", book_number=str(number), main_class="I"))

    parts = [page(client, "lists:index", page=str(number)) for number in (1, 2, 3)]

    assert [sum(f"书{number}" in part for number in range(5)) for part in parts] == [2, 2, 1]
    assert "continued" in parts[1]
    assert len(lines(client, "lists:export_index")) == 6


def test_index_is_kept_with_numbers_as_numbers(client):
    title = make_title("书", isbn="9787020002207", published="2019", price=Decimal("28.50"), course="语文")
    make_copy(title=title)

    answer = client.get(reverse("lists:export_index"), {"by": "course"})

    rows = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in rows[2]][:8] == ["语文", None, "书", None, None, 2019, "9787020002207", 28.5]
    assert rows[1][0].value == "School subject"
    assert not ListExport.objects.exists()


def test_shelf_list_names_the_shelf(client):
    room = make_location("书库")
    Shelf.objects.create(location=room, name="二架", begins_with="I")
    make_copy("0007", title=make_title("甲", clc_number="I24"), location=room)
    make_copy("0008", title=make_title("乙", clc_number="A1"), location=room, state="missing")

    shown = page(client, "lists:shelf_list", place=room.pk)

    assert shown.index("0008") < shown.index("0007")
    assert "书库 二架" in shown
    assert shown.count("二架") == 1
    assert [row[5:] for row in lines(client, "lists:export_shelf_list", place=room.pk)[1:]] == [
        ["0008", "Missing"], ["0007", "On the shelf"],
    ]  # fmt: skip


def test_shelf_list_shows_nothing_before_it_is_asked(client):
    make_copy("0007")

    assert "0007" not in page(client, "lists:shelf_list")
    assert "0007" in page(client, "lists:shelf_list", first="", last="")


def test_accession_list_adds_up(client):
    make_copy("0001", price=Decimal("18.50"))
    make_copy("0002", price=Decimal("1200"), state="withdrawn")

    shown = page(client, "lists:accession_list", first="0001", last="0002")

    assert "2 titles, 2 copies, ¥1,218.50 in all" in shown
    assert [row[0] for row in lines(client, "lists:export_accession_list", first="0002")[1:]] == ["0002"]


def test_hits_are_kept_as_they_are_found(client):
    for number in range(25):
        make_copy(title=make_title(f"昆虫记{number}", main_class="Q"), location=make_location("书库"))
    make_copy(title=make_title("森林报", main_class="Q"))
    index_titles()

    rows = lines(client, "lists:export_hits", q="昆虫", page="2")

    assert len(rows) == 26
    assert rows[1][7:] == ["书库", "1", "1"]
    assert len(lines(client, "lists:export_hits", q="昆虫", place=make_location("别处").pk)) == 1


def test_search_offers_its_hits_to_staff_only(client):
    make_copy(title=make_title("昆虫记"))
    index_titles()
    link = "/lists/hits/?q=%E6%98%86%E8%99%AB&amp;as=xlsx"

    assert link in page(client, "catalog:search", q="昆虫")
    assert link not in page(Client(), "catalog:search", q="昆虫")
    assert Client().get(reverse("lists:export_hits")).status_code == 302


def test_batches_and_the_copies_of_one_are_kept(client):
    batch = Batch.objects.create(name="秋季到书", received_on=date(2026, 9, 3), supplier="晨光书店")
    make_copy("0007", title=make_title("昆虫记"), batch=batch)
    make_copy("0008")

    assert lines(client, "batches:export")[1:] == [["秋季到书", "2026-09-03", "晨光书店", "1", "1", ""]]
    answer = client.get(reverse("batches:export_copies", args=[batch.pk]), {"as": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["0007"]
    assert f"/{batch.pk}/export/?as=xlsx" in client.get(reverse("batches:batch", args=[batch.pk])).content.decode()


def test_unreadable_question_is_no_error(client):
    make_copy("0001")

    for name in ("lists:index", "lists:shelf_list", "lists:accession_list"):
        page(client, name, by="x", place="x", since="x", first="%", last="书", clc="书", page="x")


@pytest.mark.parametrize("name", ["lists:index", "lists:shelf_list", "lists:accession_list"])
def test_list_costs_the_same_for_few_books_and_many(client, name):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            page(client, name, by="course", first="")
        return len(queries)

    make_copy("0001", title=make_title("甲", course="语文"))
    statements()
    few = statements()
    for number in range(3):
        make_copy(title=make_title(course=f"课{number}"), location=make_location(f"地{number}"))
    statements()

    assert statements() == few
