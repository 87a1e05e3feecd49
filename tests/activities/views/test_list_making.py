import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from activities.models import BookList, Suggestion
from catalog.operations.search_index import index_titles
from library_site.models import Role
from tests.factories.activities import make_activity
from tests.factories.booklists import make_item, make_list
from tests.factories.catalog import make_copy, make_title
from tests.factories.readers import make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ISBN = "9787020002207"


@pytest.fixture(autouse=True)
def school():
    make_school()
    make_school_year(timezone.localdate().year - (timezone.localdate().month < 9))


@pytest.fixture
def client():
    return signed_in(Role.LIBRARIAN)


def signed_in(role, account=None):
    client = Client(headers={"accept-language": "en"})
    client.account = account or make_user(role)
    client.force_login(client.account, backend="library_site.authentication.AccountBackend")
    return client


def page(client, name, *args, **asked) -> str:
    answer = client.get(reverse(f"booklists:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, url, /, *args, htmx=False, **data):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse(f"booklists:{url}", args=args), data, headers=headers)


def names(book_list):
    return list(book_list.items.order_by("position", "pk").values_list("name", flat=True))


def held(name, **fields):
    title = make_title(name, **fields)
    make_copy(title=title)
    index_titles()
    return title


def test_librarian_makes_a_list_from_its_first_line_to_its_readers(client):
    festival = make_activity("读书节")
    answer = post(
        client, "new", name="三年级书目", occasion="grade", category="student", first="primary-3", activity=festival.pk
    )
    made = BookList.objects.get()
    assert answer.headers["Location"] == reverse("booklists:books", args=[made.pk])
    assert (made.stage, made.from_position, made.to_position, made.activity) == ("primary", 3, 3, festival)
    post(client, "publish", made.pk)
    title = held("昆虫记", isbn=ISBN)
    post(client, "put", made.pk, q="978-7-02-000220-7")
    post(client, "publish", made.pk)
    made.refresh_from_db()
    assert made.published_at is None
    post(client, "review", made.pk, reviewed="1")
    post(client, "publish", made.pk)

    made.refresh_from_db()
    assert (made.reviewed_by, made.items.get().title) == (client.account, title)
    assert "昆虫记" in page(Client(), "list", made.pk)
    post(client, "end", made.pk)
    assert Client().get(reverse("booklists:list", args=[made.pk])).status_code == 404


def test_form_says_what_is_wrong(client):
    answer = post(client, "new", name="", occasion="?", category="student")

    assert answer.status_code == 422
    assert BookList.objects.count() == 0


def test_list_for_teachers_is_of_no_grade(client):
    post(client, "new", name="教师", occasion="month", category="teacher", first="primary-3")

    assert BookList.objects.get().stage == ""


def test_barcode_and_isbn_put_a_book_on_words_only_find(client):
    made, title = make_list(), held("昆虫记", isbn=ISBN)
    other = make_copy("B0099999", title=make_title("森林报"))
    index_titles()

    assert post(client, "put", made.pk, htmx=True, q="b0099999").headers["HX-Trigger"] == "book-put"
    found = post(client, "put", made.pk, htmx=True, q="昆虫记")
    assert "HX-Trigger" not in found.headers
    assert f'value="{title.pk}"' in found.content.decode()
    assert names(made) == [other.title.name]
    post(client, "put", made.pk, htmx=True, q="昆虫记", title=title.pk)
    assert names(made) == ["森林报", "昆虫记"]


def test_isbn_of_a_set_is_asked_about(client):
    made = make_list()
    held("上册", isbn=ISBN), held("下册", isbn=ISBN)

    found = post(client, "put", made.pk, htmx=True, q=ISBN).content.decode()

    assert "上册" in found
    assert "下册" in found
    assert names(made) == []


def test_book_that_is_on_the_list_is_refused_and_marked(client):
    made, title = make_list(), held("昆虫记")
    make_item(made, title)

    again = post(client, "put", made.pk, htmx=True, title=title.pk).content.decode()

    assert "This book is on the list already." in again
    assert "is-on-it" in page(client, "find", made.pk, q="昆虫记")


def test_unknown_isbn_offers_to_list_it_all_the_same(client):
    made = make_list()

    offered = post(client, "put", made.pk, htmx=True, q=ISBN).content.decode()
    post(client, "put_lacking", made.pk, htmx=True, isbn=ISBN, name="昆虫记", author="法布尔")

    assert f'value="{ISBN}"' in offered
    assert made.items.get().isbn == ISBN


def test_wrong_isbn_of_a_lacking_book_is_told(client):
    made = make_list()

    answer = client.post(
        reverse("booklists:put_lacking", args=[made.pk]), {"name": "书", "isbn": "9787020002200"}, follow=True
    )

    assert "check digit does not fit" in answer.content.decode()
    assert names(made) == []


def test_reason_is_kept_without_drawing_anything_anew(client):
    item = make_item(make_list())

    assert post(client, "change", item.pk, htmx=True, reason="好看", is_required="on").status_code == 204
    assert "At most 600" in post(client, "change", item.pk, htmx=True, reason="长" * 601).content.decode()
    item.refresh_from_db()
    assert (item.reason, item.is_required) == ("好看", True)


def test_books_are_ordered_and_taken_off_without_script(client):
    made = make_list()
    first, second = make_item(made, name="甲"), make_item(made, name="乙")

    assert post(client, "move", second.pk, place="1").status_code == 302
    assert names(made) == ["乙", "甲"]
    post(client, "move", second.pk, place="x")
    assert names(made) == ["乙", "甲"]
    post(client, "off", first.pk)
    assert names(made) == ["乙"]


def test_teacher_makes_own_lists_and_no_other_exists(client):
    teacher = signed_in(Role.TEACHER)
    theirs = make_list("别人的", by=client.account, shown=False)
    post(teacher, "new", name="自编", occasion="course", category="student", course="语文")
    own = BookList.objects.get(name="自编")
    item = make_item(theirs)

    listed = page(teacher, "manage")
    assert "自编" in listed
    assert "别人的" not in listed
    for name in ("books", "edit", "figures", "export_figures", "lacking", "export_lacking", "import_onto", "find"):
        assert teacher.get(reverse(f"booklists:{name}", args=[theirs.pk])).status_code == 404
    for name in ("put", "put_lacking", "copy", "delete", "arrived", "choose"):
        assert post(teacher, name, theirs.pk).status_code == 404
    for name in ("change", "move", "off"):
        assert post(teacher, name, item.pk).status_code == 404
    assert post(teacher, "review", own.pk, reviewed="1").status_code == 403
    post(client, "review", own.pk, reviewed="1")
    assert "hx-post" not in page(teacher, "books", own.pk)
    put = post(teacher, "put", own.pk, htmx=True, title=make_title().pk).content.decode()
    assert "only the librarian changes it now" in put


def test_copy_and_delete(client):
    old = make_list("旧")
    make_item(old, name="甲")

    post(client, "copy", old.pk)
    made = BookList.objects.get(published_at=None)
    assert names(made) == ["甲"]
    post(client, "delete", old.pk)
    post(client, "delete", made.pk)

    assert list(BookList.objects.all()) == [old]


def look(client, /, *args, text, **data):
    return post(client, "import_onto" if args else "import", *args, text=text, occasion="official", **data)


def test_list_is_taken_in_after_it_was_looked_at(client):
    held("昆虫记", author="法布尔")
    text = "昆虫记  法布尔\r\n没有的书"

    shown = look(client, text=text, name="目录")
    assert BookList.objects.count() == 0
    assert "we hold 1 copy" in shown.content.decode()
    taken = look(client, text=text, name="目录", seen=shown.context["seen"])

    made = BookList.objects.get()
    assert taken.headers["Location"] == reverse("booklists:books", args=[made.pk])
    assert (made.name, names(made)) == ("目录", ["昆虫记", "没有的书"])


def test_lines_that_changed_since_are_looked_at_again(client):
    shown = look(client, text="甲")

    again = look(client, text="甲\n乙", seen=shown.context["seen"])

    assert again.status_code == 200
    assert BookList.objects.count() == 0
    assert again.context["total"] == 2


def test_sheet_becomes_lists_by_grade_with_the_choice_made(client):
    one, other = held("童年", author="高尔基"), held("童年", author="泰戈尔")
    book = Workbook()
    for row in (["书目", "年级", "书名", "作者"], ["必读", "三年级", "童年", "某人"], ["必读", "五年级", "西游记", ""]):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)

    shown = look(client, text="", file=SimpleUploadedFile("书目.xlsx", target.getvalue()))
    text = shown.context["form"].data["text"]
    assert "which of these?" in shown.content.decode()
    assert f'value="{one.pk}"' in shown.content.decode()
    look(client, text=text, seen=shown.context["seen"], **{"line-2": str(other.pk)})

    made = {row.name: row for row in BookList.objects.all()}
    assert set(made) == {"必读 三年级", "必读 五年级"}
    assert made["必读 三年级"].items.get().title == other
    assert (made["必读 五年级"].from_position, made["必读 五年级"].to_position) == (5, 5)


def test_all_on_one_list_where_that_is_wished(client):
    text = "书名,年级\n甲,三年级\n乙,四年级"
    shown = look(client, text=text, in_one="on", name="合一")

    look(client, text=text, in_one="on", name="合一", seen=shown.context["seen"])

    assert names(BookList.objects.get(name="合一")) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": ""}, "Paste some lines"),
        ({"text": " , \n"}, "No line names a book."),
        ({"text": "\n".join(f"书{number}" for number in range(501))}, "At most 500 books at once."),
    ],
)
def test_what_cannot_be_taken_in_is_told(client, data, said):
    answer = look(client, **data)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_broken_sheet_is_told(client):
    answer = look(client, text="", file=SimpleUploadedFile("x.xlsx", b"PK\x03\x04broken"))

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_same_lines_onto_a_list_again_change_nothing(client):
    made = make_list()
    make_item(made, name="甲")
    shown = look(client, made.pk, text="甲\n乙")

    answer = client.post(
        reverse("booklists:import_onto", args=[made.pk]), {"text": "甲\n乙", "seen": shown.context["seen"]}, follow=True
    )

    assert "1 book was added. 1 stood there already." in answer.content.decode()
    assert names(made) == ["甲", "乙"]


def test_lacking_books_are_suggested_once_and_ordered(client):
    made = make_list("目录")
    wanted, other = make_item(made, name="没有的书", isbn=ISBN), make_item(made, name="也没有")
    shown = page(client, "lacking", made.pk)
    assert "没有的书" in shown

    post(client, "buy", made.pk, book=[wanted.pk], **{f"copies-{wanted.pk}": "3", f"copies-{other.pk}": "1"})
    post(client, "buy", made.pk, book=[wanted.pk])

    row = Suggestion.objects.get()
    assert (row.isbn, row.copies, row.item, row.reader) == (ISBN, 3, wanted, None)
    rows = export(client, "export_lacking", made.pk)
    assert [line[:2] + line[4:5] for line in rows[1:]] == [[ISBN, "没有的书", "3"], ["", "也没有", "1"]]


def test_teacher_suggests_nothing_for_the_library(client):
    teacher = signed_in(Role.TEACHER)
    made = make_list(by=teacher.account, shown=False)
    make_item(made, name="没有的书")

    assert 'name="book"' not in page(teacher, "lacking", made.pk)
    assert post(teacher, "buy", made.pk, book=["1"]).status_code == 403


def test_title_is_chosen_for_a_book_that_was_lacking(client):
    made = make_list()
    item = make_item(made, name="童年", author="高尔基")
    title = held("童年", author="泰戈尔")

    post(client, "arrived", made.pk)
    item.refresh_from_db()
    assert item.title is None
    post(client, "choose", made.pk, **{f"item-{item.pk}": str(title.pk)})

    item.refresh_from_db()
    assert item.title == title


def export(client, name, *args):
    answer = client.get(reverse(f"booklists:{name}", args=args), {"as": "csv"})
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_figures_are_shown_and_kept(client):
    made = make_list()
    make_item(made, held("昆虫记"))

    assert "Loans since it was published" in page(client, "figures", made.pk)
    answer = client.get(reverse("booklists:export_figures", args=[made.pk]))
    rows = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    values = [cell.value for cell in rows[2]]
    assert (values[0], values[7:]) == ("昆虫记", [1, 1, 0])


@pytest.mark.parametrize("name", ["manage", "books", "lacking", "figures"])
def test_pages_take_as_many_statements_for_three_as_for_one(client, name):
    made = make_list()
    args = [] if name == "manage" else [made.pk]

    def statements():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(f"booklists:{name}", args=args)).status_code == 200
        return len(seen)

    make_item(made, held("昆虫记"))
    make_item(made, name="没有")
    statements()
    one = statements()
    for number in range(2):
        make_item(made, held(f"第{number}册"))
        make_item(made, name=f"没有{number}")
        make_list()

    assert statements() == one
