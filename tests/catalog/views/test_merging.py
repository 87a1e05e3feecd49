import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Copy, MarcRecord, Title
from catalog.operations.titles import change_title
from library_site.models import Role
from tests.factories.catalog import make_copy, make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client():
    make_school()
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user())
    return client


def address(stays, goes=None):
    return reverse("records:merge", args=[stays.pk], query={"with": goes.pk} if goes else None)


def merge(client, stays, goes, **sent):
    page = client.get(address(stays, goes)).context
    offered = {row.name: row.offered for row in page["form"].differences}
    return client.post(address(stays, goes), {"seen": page["seen"], **offered, **sent}, follow=True)


def test_titles_that_may_be_the_same_are_offered(client):
    title, same, _other = make_title("草房子"), make_title("草房子"), make_title("红瓦")

    assert list(client.get(address(title)).context["found"]) == [same]


def test_other_title_is_found_by_the_barcode_of_its_copy(client):
    title, copy = make_title("草房子"), make_copy("B0001", title=make_title("草房子（上）"))

    found = client.get(address(title), {"q": "B0001"}).context["found"]

    assert [row.pk for row in found] == [copy.title_id]


def test_both_are_shown_side_by_side_before_they_are_merged(client):
    stays, goes = make_title("草房子", publisher="甲社"), make_title("草房子", publisher="乙社", author="曹文轩")
    make_copy(title=goes)

    page = client.get(address(stays, goes))

    offered = {row.name: (row.stays, row.goes, row.offered) for row in page.context["form"].differences}
    assert offered == {"publisher": ("甲社", "乙社", "stays"), "author": ("", "曹文轩", "goes")}
    assert [(thing.name, thing.number) for thing in page.context["hanging"]] == [("copies", 1)]


def test_merged_title_leads_from_its_old_address(client):
    stays, goes = make_title("草房子"), make_title("草房子。")
    copy = make_copy(title=goes)

    answer = merge(client, stays, goes, name="goes")

    assert answer.redirect_chain == [(reverse("catalog:title", args=[stays.pk]), 302)]
    assert (Copy.objects.get(pk=copy.pk).title_id, Title.objects.get().name) == (stays.pk, "草房子。")
    assert Client().get(reverse("catalog:title", args=[goes.pk])).headers["Location"] == reverse(
        "catalog:title", args=[stays.pk]
    )
    assert client.get(address(goes)).status_code == 302


def test_loss_must_be_ticked(client):
    stays, goes = make_title(), make_title()
    for title in (stays, goes):
        MarcRecord.objects.create(title=title, format="cnmarc", leader=" " * 24)

    assert merge(client, stays, goes).status_code == 422
    merge(client, stays, goes, accept_marc_lost="on")

    assert Title.objects.get() == stays


def test_loss_that_follows_from_what_was_chosen_is_asked_for(client):
    stays, goes = make_title(), make_title(school_number="T9")

    answer = merge(client, stays, goes, school_number="stays")

    assert answer.status_code == 422
    assert [problem.code for problem, _field in answer.context["form"].ticks()] == ["number_lost"]


def test_titles_changed_meanwhile_are_shown_again(client):
    stays, goes = make_title(), make_title()
    seen = client.get(address(stays, goes)).context["seen"]
    change_title(title_id=goes.pk, values={"author": "甲"}, by=None)

    sent = {"name": "stays", "author": "goes"}
    answer = client.post(address(stays, goes), {"seen": seen, **sent})
    assert answer.status_code == 422
    assert "nothing was merged" in answer.content.decode()
    assert Title.objects.count() == 2

    client.post(address(stays, goes), {"seen": answer.context["seen"], **sent})
    assert Title.objects.get().author == "甲"


def test_title_without_copies_is_taken_away(client):
    title = make_title()

    client.post(reverse("records:delete", args=[title.pk]))

    assert not Title.objects.exists()


def test_title_with_copies_stays_and_the_ways_out_are_named(client):
    copy = make_copy(state=Copy.State.WITHDRAWN)

    answer = client.post(reverse("records:delete", args=[copy.title_id]))

    assert answer.status_code == 422
    assert reverse("records:merge", args=[copy.title_id]) in answer.content.decode()
    assert Title.objects.exists()


def test_title_page_offers_the_librarian_what_can_be_done_and_nobody_else(client):
    title = make_title()
    page = reverse("catalog:title", args=[title.pk])
    ways = [reverse("records:edit", args=[title.pk]), address(title)]

    assert all(way in client.get(page).content.decode() for way in ways)
    for role in (None, *(role for role in Role if role != Role.LIBRARIAN)):
        other = Client()
        if role:
            other.force_login(make_user(role))
        assert not any(way in other.get(page).content.decode() for way in ways)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LIBRARIAN])
def test_merging_is_the_librarians_alone(client, role):
    stays, goes = make_title(), make_title()
    other = Client()
    other.force_login(make_user(role))

    assert other.post(address(stays, goes), {}).status_code == 403
    assert other.post(reverse("records:delete", args=[goes.pk])).status_code == 403
    assert Title.objects.count() == 2
