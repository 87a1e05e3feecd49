"""Pages of suggestions: own ones only, slips of the own class only, the librarian's list under one query count."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Backer, Suggestion
from readers.models import ClassTeacher
from tests.factories.catalog import make_copy, make_title
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user
from tests.factories.voice import ISBN, make_suggestion

pytestmark = pytest.mark.django_db
OWN, NEW, SLIPS, LIST = (reverse(f"suggestions:{name}") for name in ("own", "new", "slips", "list"))


@pytest.fixture(autouse=True)
def school():
    make_school()
    make_school_year(2026)


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    return client


def pupil(name="王小明", **fields):
    return make_reader(name, account=make_user("student"), **fields)


def class_teacher(school_class):
    reader = make_reader(account=make_user("teacher"), category="teacher")
    ClassTeacher.objects.create(reader=reader, school_class=school_class, since=date(2020, 9, 1))
    return client_of(reader.account)


def test_suggest_by_a_pupil_is_seen_on_the_own_page_with_the_answer():
    me = pupil()
    client = client_of(me.account)
    client.post(NEW, {"name": "草房子", "reason": "想读"})
    Suggestion.objects.update(state="declined", answer="已有同类书")
    page = client.get(OWN).content.decode()
    assert "草房子" in page
    assert "已有同类书" in page
    assert Suggestion.objects.get().by is None


def test_suggest_of_a_held_isbn_asks_whether_more_are_needed():
    make_copy(title=make_title("红楼梦", isbn=ISBN, author="曹雪芹"))
    client = client_of(pupil().account)
    answer = client.post(NEW, {"isbn": ISBN})
    assert answer.status_code == 422
    assert "More copies are needed" in answer.content.decode()
    client.post(NEW, {"isbn": ISBN, "more": "on"})
    row = Suggestion.objects.get()
    assert (row.name, row.author) == ("红楼梦", "曹雪芹")  # what the record says need not be typed


def test_check_tells_holdings_and_open_suggestions_while_typing():
    copy = make_copy(title=make_title("红楼梦", isbn=ISBN))
    make_suggestion("红楼梦", isbn=ISBN)
    page = client_of(pupil().account).get(reverse("suggestions:check"), {"isbn": ISBN}).content.decode()
    assert reverse("catalog:title", args=[copy.title_id]) in page
    assert "1 copy, 1 in" in page
    assert "wanted by 1" in page


def test_own_page_shows_nobody_elses_words_or_name():
    make_suggestion("新来的书", reader=pupil("李华"), reason="我很难过")
    make_suggestion("看过的书", reader=pupil("李华"), state="seen", reason="因为我想")
    page = client_of(pupil().account).get(OWN).content.decode()
    assert "看过的书" in page
    assert "新来的书" not in page  # nobody has read it yet
    assert "李华" not in page
    assert "因为我想" not in page


def test_back_takes_only_what_the_page_offers():
    me = pupil()
    unseen, seen = make_suggestion(), make_suggestion(state="seen")
    client = client_of(me.account)
    assert client.post(reverse("suggestions:back", args=[unseen.pk])).status_code == 404
    client.post(reverse("suggestions:back", args=[seen.pk]))
    assert list(Backer.objects.values_list("suggestion", "reader")) == [(seen.pk, me.pk)]
    assert "You have not" not in client.get(OWN).content.decode()


def test_account_without_a_reader_is_told_so():
    client = client_of(make_user("student"))
    assert "belongs to no reader" in client.get(OWN).content.decode()
    assert client.get(NEW).status_code == 404


def test_slips_by_a_class_teacher_name_pupils_of_the_own_class_only():
    own, other = make_class(2024, 1), make_class(2024, 2)
    mine, theirs = make_reader("张三", school_class=own), make_reader("李四", school_class=other)
    client = class_teacher(own)
    refused = client.post(SLIPS, {"who": "李四", "reader": theirs.pk, "name": "草房子"})
    assert refused.status_code == 422
    client.post(SLIPS, {"who": "张三", "name": "草房子"})
    row = Suggestion.objects.get()
    assert (row.reader, row.by.roles) == (mine, ["teacher"])
    found = client.get(reverse("suggestions:who"), {"who": "李四"}).content.decode()
    assert "李四</strong>" not in found


def test_slip_that_fits_several_asks_who_and_keeps_what_was_typed():
    school_class = make_class(2024, 1)
    first, second = (make_reader("王芳", school_class=school_class) for _number in range(2))
    client = client_of(make_user())
    asked = client.post(SLIPS, {"who": "王芳", "name": "草房子"})
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "草房子" in page
    assert f'value="{first.pk}"' in page
    client.post(SLIPS, {"who": "王芳", "reader": second.pk, "name": "草房子"})
    assert Suggestion.objects.get().reader == second


def test_slip_whose_choice_is_older_than_its_name_goes_to_nobody():
    """The list below the field may still be that of the name before."""
    old, meant = make_reader("王芳"), make_reader("赵云")
    client = client_of(make_user())
    client.post(SLIPS, {"who": "赵云", "reader": old.pk, "name": "草房子"})
    assert Suggestion.objects.get().reader == meant


def test_slip_without_a_name_counts():
    client_of(make_user()).post(SLIPS, {"name": "草房子"})
    row = Suggestion.objects.get()
    assert (row.reader, row.category) == (None, "")


def test_list_marks_the_ticked_and_sends_them_to_the_bookseller():
    rows = [make_suggestion("草房子"), make_suggestion("童年")]
    client = client_of(make_user())
    client.post(reverse("suggestions:mark"), {"suggestion": [row.pk for row in rows], "state": "ordered"})
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"ordered"}
    sheet = client.get(reverse("suggestions:export"), {"as": "csv", "words": "草房"})
    text = b"".join(sheet.streaming_content).decode()
    assert "草房子" in text
    assert "童年" not in text


def test_answer_is_refused_at_its_field_and_leaves_the_state():
    row = make_suggestion()
    address = reverse("suggestions:suggestion", args=[row.pk])
    client = client_of(make_user())
    refused = client.post(address, {"state": "declined", "answer": "", "shown": "new"})
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    assert client.post(address, {"state": "declined", "answer": "重复", "shown": "new"}).status_code == 302


def test_list_settles_what_came_in_and_says_so():
    make_suggestion(isbn=ISBN)
    make_copy(title=make_title("红楼梦", isbn=ISBN))
    page = client_of(make_user()).get(LIST).content.decode()
    assert "1 suggested book came in." in page


@pytest.mark.parametrize("address", [LIST, SLIPS])
def test_list_asks_the_same_number_of_questions_for_one_and_three(address):
    user = make_user()
    client = client_of(user)
    school_class = make_class(2024, 1)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    client.get(address)
    make_suggestion(reader=make_reader(school_class=school_class), by=user)
    one = asked()
    for _number in range(2):
        row = make_suggestion(reader=make_reader(school_class=school_class), by=user)
        Backer.objects.create(suggestion=row, reader=make_reader(), at=row.at)
    assert asked() == one


def test_own_page_asks_the_same_number_of_questions_for_one_and_three():
    me = pupil()
    client = client_of(me.account)
    counts = []
    for number in (1, 2):
        for _row in range(number):
            make_suggestion(reader=me)
            make_suggestion(state="seen")
        client.get(OWN)
        with CaptureQueriesContext(connection) as queries:
            client.get(OWN)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("words", "field"), [("没有这本书吧", "name"), (ISBN, "isbn")])
def test_what_was_searched_for_in_vain_begins_a_suggestion(words, field):
    client = client_of(pupil().account)
    found = client.get(reverse("catalog:search"), {"q": words}).content.decode()
    assert reverse("suggestions:new") in found
    form = client.get(NEW, {"name": words}).context["form"]
    assert form.initial == {field: words}
    assert (
        reverse("suggestions:new")
        not in client_of(make_user()).get(reverse("catalog:search"), {"q": words}).content.decode()
    )
