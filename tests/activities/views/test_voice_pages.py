"""What every page of what readers say owes to keyboard and ear, also those about one thing; and odd addresses."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from activities.operations.material import add_item
from catalog.operations.search_index import index_titles
from library_site.models import Role
from readers.models import ClassTeacher
from tests.conventions.test_accessibility import faults
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import NOON
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user
from tests.factories.voice import ISBN, make_message, make_request, make_suggestion, make_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(time_machine):
    """Somebody with every role and some of everything."""
    time_machine.move_to(NOON)
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("teacher")
    reader = make_reader("汪老师", category="teacher", account=make_user(*Role.values), school_class=make_class())
    ClassTeacher.objects.create(reader=reader, school_class=make_class(), since=date(2020, 9, 1))
    return reader


@pytest.fixture
def client(me) -> Client:
    client = Client()
    client.force_login(me.account, backend="library_site.authentication.AccountBackend")
    return client


def addresses(me) -> list[str]:
    copy = make_copy(title=make_title("二十四节气", isbn=ISBN))
    index_titles()
    kinds = [("single", ["来", "不来"]), ("several", ["书", "画"]), ("scale", []), ("text", [])]
    draft, live, done = (
        make_survey(*kinds, published_at=None),
        make_survey(*kinds),
        make_survey(*kinds, closed_at=NOON, shows_results=True),
    )
    for number in range(3):
        done.answers.create(answers={str(question.pk): 1 for question in done.questions.exclude(kind="text")})
        make_message(f"留言{number}", reader=me, state=["waiting", "shown", "private"][number], reply="好")
    asked = make_request(reader=me)
    add_item(request_id=asked.pk, title_id=copy.title_id)
    add_item(request_id=asked.pk, title_id=None, words="期刊")
    wish = make_suggestion("节气", isbn=ISBN, reader=me, state="seen")
    return [
        reverse("suggestions:suggestion", args=[wish.pk]),
        *(reverse(f"surveys:{name}", args=[draft.pk]) for name in ("survey", "edit", "sheet")),
        *(reverse(f"surveys:{name}", args=[live.pk]) for name in ("survey", "answer", "paper")),
        *(reverse(f"surveys:{name}", args=[done.pk]) for name in ("survey", "told")),
        reverse("material:answered", args=[asked.pk]),
        reverse("material:request", args=[asked.pk]) + "?q=节气",
        *map(reverse, ("suggestions:own", "suggestions:list", "suggestions:slips", "board:board", "board:list")),
        *map(reverse, ("board:slips", "surveys:mine", "surveys:list", "material:own", "material:list")),
    ]


def test_pages_with_something_on_them_can_be_used_by_keyboard_and_by_ear(client, me):
    answers = {address: client.get(address) for address in addresses(me)}
    assert {answer.status_code for answer in answers.values()} == {200}
    found = {address: faults(answer.content.decode()) for address, answer in answers.items()}
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "address",
    [
        "/suggestions/check/?isbn=%00&name=%00a%00",
        "/suggestions/who/?who=%00%00",
        "/suggestions/list/?state=x&words=%00&page=99",
        "/board/list/?state=x&page=x",
        "/material/list/?state=x",
    ],
)
def test_odd_addresses_are_answered(client, address):
    assert client.get(address).status_code == 200


def test_title_that_is_not_there_is_put_on_no_list(client, me):
    asked = make_request(reader=me)
    address = reverse("material:add", args=[asked.pk])
    for number in ("999999", "99999999999999999999999"):
        assert client.post(address, {"title": number}).status_code == 404


def test_line_of_a_list_says_what_it_is_good_for(client, me):
    asked = make_request(reader=me)
    item = add_item(request_id=asked.pk, title_id=None, words="期刊")
    client.post(reverse("material:note", args=[item.pk]), {"note": "第三章有插图"})
    assert "第三章有插图" in client.get(reverse("material:answered", args=[asked.pk])).content.decode()
