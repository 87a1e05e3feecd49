import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Copy, FormerTitle, Title
from catalog.operations.titles import change_title
from library_site.models import Role
from tests.factories.catalog import make_copy, make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ISBN = "9787534618741"
AS_OFFERED = {"material": "book", "audience": "all", "language": "chi"}


@pytest.fixture
def librarian():
    make_school()
    return make_user(name="周老师")


@pytest.fixture
def client(librarian):
    client = Client(headers={"accept-language": "en"})
    client.force_login(librarian)
    return client


def enter(client, **values):
    return client.post(reverse("records:new"), {**AS_OFFERED, "name": "草房子", **values}, follow=True)


def edit(client, title, **values):
    shown = client.get(reverse("records:edit", args=[title.pk])).context
    sent = {**{name: value for name, value in shown["form"].initial.items() if value not in (None, False)}, **values}
    return client.post(reverse("records:edit", args=[title.pk]), {"seen": shown["seen"], **sent}, follow=True)


def test_title_is_entered_and_shown(client):
    answer = enter(client, isbn="978-7-5346-1874-1", author="曹文轩", clc_number="i287.45", volumes="", price="22.00")

    title = Title.objects.get()
    assert (title.isbn, title.call_number, str(title.price)) == (ISBN, "I287.45/1", "22.00")
    assert answer.redirect_chain == [(reverse("catalog:title", args=[title.pk]), 302)]
    assert "its call number is I287.45/1" in answer.content.decode()


def test_next_title_begins_with_an_empty_form(client):
    answer = enter(client, then="next")

    assert answer.redirect_chain == [(reverse("records:new"), 302)]
    assert "it waits to be classified" in answer.content.decode()


def test_address_may_fill_in_what_is_known(client):
    form = client.get(reverse("records:new"), {"isbn": ISBN, "name": "草房子", "popularity": "9"}).context["form"]

    assert (form["isbn"].value(), form["name"].value()) == (ISBN, "草房子")


def test_held_isbn_is_shown_with_its_copies_and_not_entered_again(client):
    copy = make_copy(title=make_title("草房子", isbn=ISBN))
    make_copy(title=copy.title, state=Copy.State.WITHDRAWN)

    answer = enter(client, isbn=ISBN)

    assert answer.status_code == 422
    assert [(row.pk, row.copies) for row in answer.context["form"].known] == [(copy.title_id, 1)]
    assert reverse("catalog:title", args=[copy.title_id]) in answer.content.decode()
    assert Title.objects.count() == 1


def test_part_of_a_set_with_the_same_isbn_is_entered_when_said_so(client):
    make_title("草房子", isbn=ISBN)

    enter(client, isbn=ISBN, part="下册", another="on")

    assert Title.objects.filter(isbn=ISBN).count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7-5346-1874-6", "The library has this already"),
        ("978 7 5346 1874 1", "The library has this already"),
        ("9787534618742", "its check digit does not fit"),
        ("9787020024759", "Not in the catalogue yet"),
        ("", "isbn-answer"),
    ],
)
def test_isbn_is_answered_while_the_form_is_filled_in(client, typed, said):
    make_title("草房子", isbn=ISBN)

    answer = client.get(reverse("records:isbn"), {"isbn": typed})

    assert said in answer.content.decode()


def test_isbn_of_the_title_itself_is_no_duplicate(client):
    title = make_title("草房子", isbn=ISBN)

    answer = client.get(reverse("records:isbn"), {"isbn": ISBN, "title": title.pk})
    assert "already" not in answer.content.decode()
    assert edit(client, title, author="曹文轩").redirect_chain
    assert Title.objects.get().author == "曹文轩"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("isbn", "9787534618742"),
        ("clc_number", "小说"),
        ("price", "-1"),
        ("volumes", "0"),
        ("size", "x" * 51),
    ],
)
def test_wrong_value_is_said_at_its_field(client, field, value):
    answer = enter(client, **{field: value})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Title.objects.exists()


def test_correction_is_saved_and_its_history_shown(client):
    title = make_title("草屋子", clc_number="I287", book_number="3")

    edit(client, title, name="草房子")

    page = client.get(reverse("records:edit", args=[title.pk]))
    row = page.context["history"][0]
    assert (row["who"], row["entry"].changes[0].before, row["entry"].changes[0].after) == ("周老师", "草屋子", "草房子")
    assert "Title corrected" in page.content.decode()


def test_new_class_is_told_with_the_labels_that_are_due(client):
    title = make_title(clc_number="I247", book_number="3")

    answer = edit(client, title, clc_number="I287")

    assert "The call number is now I287/1" in answer.content.decode()


def test_call_number_of_another_title_is_told_and_taken(client):
    make_title("红瓦", clc_number="I287", book_number="3")

    answer = enter(client, clc_number="I287", book_number="3")

    assert "I287/3 is also the call number of “红瓦”" in answer.content.decode()
    assert Title.objects.filter(clc_number="I287", book_number="3").count() == 2


def test_copies_are_what_comes_next_when_asked_for(client):
    answer = enter(client, then="copies")

    assert answer.redirect_chain == [(reverse("copies:add", args=[Title.objects.get().pk]), 302)]


def test_language_that_is_not_offered_stays(client):
    title = make_title(language="epo")
    edit(client, title, author="甲")
    assert Title.objects.get().language == "epo"


def test_record_changed_meanwhile_is_shown_before_it_is_overwritten(client):
    title = make_title(author="甲")
    page = client.get(reverse("records:edit", args=[title.pk]))
    change_title(title_id=title.pk, values={"author": "乙"}, by=None)
    sent = {**AS_OFFERED, "name": title.name, "author": "丙", "seen": page.context["seen"]}

    refused = client.post(reverse("records:edit", args=[title.pk]), sent)
    assert (refused.status_code, Title.objects.get().author) == (422, "乙")

    client.post(reverse("records:edit", args=[title.pk]), {**sent, "seen": refused.context["seen"]})
    assert Title.objects.get().author == "丙"


def test_other_mistake_does_not_make_a_stale_record_fresh(client):
    title = make_title(author="甲")
    seen = client.get(reverse("records:edit", args=[title.pk])).context["seen"]
    change_title(title_id=title.pk, values={"author": "乙"}, by=None)

    answer = client.post(reverse("records:edit", args=[title.pk]), {**AS_OFFERED, "name": "", "seen": seen})

    assert answer.context["seen"] == seen


def test_address_of_a_merged_title_leads_to_what_it_became(client):
    title = make_title()
    FormerTitle.objects.create(number=title.pk + 1000, title=title, name="旧")

    answer = client.get(reverse("records:edit", args=[title.pk + 1000]))

    assert answer.headers["Location"] == reverse("records:edit", args=[title.pk])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LIBRARIAN])
def test_records_are_the_librarians_alone(client, role):
    title = make_title("甲")
    other = Client()
    other.force_login(make_user(role))

    assert enter(other).status_code == 403
    assert other.post(reverse("records:edit", args=[title.pk]), {"name": "乙"}).status_code == 403
    assert [row.name for row in Title.objects.all()] == ["甲"]
