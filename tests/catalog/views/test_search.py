import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from catalog.models import ClcClass, Location, Shelf
from catalog.operations.search_index import index_titles
from catalog.queries import search as search_queries
from library_site.models import Role
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
SEARCH = reverse("catalog:search")


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def lent(school):
    """三国演义 with one copy in and one with 赵小明 of 三(1)班."""
    title = make_title("三国演义", author="罗贯中", clc_number="I242.4", book_number="7", summary="滚滚长江东逝水")
    reader = make_reader("赵小明", number="S777", school_class=make_class(), card="C0001")
    make_copy("00000001", title=title, note="赵小明弄脏")
    make_loan(copy=make_copy("00000002", title=title), reader=reader)
    index_titles()
    return title


def test_search_shows_hits_with_shelf_and_copies(client, lent):
    text = client.get(SEARCH, {"q": "sgyy"}).content.decode()
    assert "三国演义" in text
    assert "I242.4/7" in text
    assert "流通书库" in text
    assert "在馆 1 / 共 2 册" in text


def test_search_without_question_explains_itself(client, lent):
    text = client.get(SEARCH).content.decode()
    assert "三国演义》" in text
    assert 'class="hit"' not in text


def window(client, heading: str) -> str:
    """The row of the catalogue's home with this heading."""
    text = client.get(SEARCH).content.decode()
    return next((row.partition("</section>")[0] for row in text.split("<section")[1:] if heading in row), "")


def test_home_shows_new_and_much_borrowed_books(client, lent):
    make_copy(title=make_title("新来的书"))
    make_copy(title=make_title("已剔除的书"), state="withdrawn")
    new = window(client, "新书上架")
    assert new.index("新来的书") < new.index("三国演义")
    assert "已剔除的书" not in new
    popular = window(client, "近30天借得最多")
    assert "三国演义" in popular
    assert "新来的书" not in popular


def test_home_shows_the_classes_that_have_books(client, lent):
    for code, name in [("I", "文学"), ("K", "历史、地理")]:
        ClcClass.objects.create(code=code, name=name, level=1)
    pictures = window(client, "按分类浏览")
    assert "?main_class=I" in pictures
    assert "?main_class=K" not in pictures


def test_home_of_an_empty_library_is_only_the_question(client, school):
    text = client.get(SEARCH).content.decode()
    assert 'id="q"' in text
    assert "<section" not in text


@pytest.mark.parametrize("number", [1, 3])
def test_statements_of_the_home_do_not_grow(client, school, number, django_assert_num_queries):
    for place in range(number):
        make_loan(copy=make_copy(title=make_title(f"丛书第{place}种")))
    client.get(SEARCH)
    with django_assert_num_queries(6):  # the settings token, newest copies, loans, the newest booklist, titles, classes
        client.get(SEARCH)


def test_order_alone_lists_all_titles(client, lent):
    make_title("新来的书")
    text = client.get(SEARCH, {"sort": "newest"}).content.decode()
    assert text.index("新来的书") < text.index("三国演义")


def test_search_without_hits_says_so_and_keeps_the_words(client, lent):
    text = client.get(SEARCH, {"q": "水浒<b>"}).content.decode()
    assert "没有找到“水浒&lt;b&gt;”" in text
    assert 'value="水浒&lt;b&gt;"' in text


def test_search_by_htmx_answers_with_the_hits_only(client, lent):
    answer = client.get(SEARCH, {"q": "三国"}, headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div id="hits">')
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize(
    "nonsense", [{"page": "-1"}, {"page": "x"}, {"page": "99999"}, {"page": "²"}, {"main_class": "?"}, {"place": "x"},
                 {"place": "99999999999999999999"}, {"sort": "x"}, {"clc": "'"}, {"language": "%"}, {"stage": "x"},
                 {"q": "三国\x00"}]
)  # fmt: skip
def test_search_with_nonsense_still_answers(client, lent, nonsense):
    assert client.get(SEARCH, {"q": "三国", **nonsense}).status_code == 200


def test_search_offers_further_pages(client, school):
    for number in range(21):
        make_title(f"丛书第{number}种")
    index_titles()
    first = client.get(SEARCH, {"q": "丛书"}).content.decode()
    second = client.get(SEARCH, {"q": "丛书", "page": "2"}).content.decode()
    assert (first.count('<li class="hit">'), second.count('<li class="hit">')) == (20, 1)
    assert "page=2" in first


def test_search_offers_what_hits_can_be_narrowed_to(client, lent):
    make_copy(
        title=make_title("三国演义教案", main_class="G", audience="teacher"), location=make_location("教师资料室")
    )
    index_titles()
    text = client.get(SEARCH, {"q": "三国", "sort": "newest"}).content.decode()
    for address in ["audience=teacher", "inside=on", "place="]:
        assert f"?q=%E4%B8%89%E5%9B%BD&amp;sort=newest&amp;{address}" in text, address
    text = client.get(SEARCH, {"q": "三国", "audience": "teacher"}).content.decode()
    assert text.count('<li class="hit">') == 1
    assert '<input type="hidden" form="search" name="audience" value="teacher">' in text


def test_a_class_leads_to_the_classes_below_it(client, school):
    for level, (code, parent) in enumerate([("G", None), ("G4", "G"), ("G62", "G4"), ("G63", "G4")], start=1):
        ClcClass.objects.create(code=code, name=f"名{code}", parent_id=parent, level=min(level, 3))
    for code in ["G62", "G62", "G63"]:
        make_copy(title=make_title(clc_number=code, clc_class_id=code, main_class="G"))
    above = client.get(SEARCH, {"main_class": "G"}).content.decode()
    assert "clc=G62" in above  # one class below holds them all, so what is below that is offered
    assert "clc=G4" not in above
    text = client.get(SEARCH, {"main_class": "G", "clc": "G4"}).content.decode()
    assert "G4 名G4" in text
    assert re.sub(r"\s+", " ", text).count('G62 名G62 <span class="facet-number">2</span>') == 1
    assert "?main_class=G&amp;clc=G63" in text
    assert client.get(SEARCH, {"main_class": "G", "clc": "G62"}).content.decode().count('class="hit"') == 2


def test_titles_whose_copies_are_gone_are_the_librarians(client, school):
    make_copy(title=make_title("三国演义"), state="withdrawn")
    index_titles()
    assert 'class="hit"' not in client.get(SEARCH, {"q": "三国"}).content.decode()
    for role, shown in [(Role.STUDENT, 0), (Role.TEACHER, 0), (Role.LIBRARIAN, 1)]:
        client.force_login(make_user(role))
        assert client.get(SEARCH, {"q": "三国"}).content.decode().count('class="hit"') == shown, role


@pytest.mark.parametrize("number", [1, 3])
def test_statements_of_a_search_do_not_grow(client, school, number, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(search_queries, "FEW", 0)
    for place in range(number):
        title = make_title(f"丛书第{place}种")
        make_copy(title=title, location=make_location(f"书库{place}"))
        make_loan(copy=make_copy(title=title))
    index_titles()
    client.get(SEARCH)
    with django_assert_num_queries(3):  # the settings token, the keys, the rows
        client.get(SEARCH, {"q": "丛书"})


def test_title_page_shows_places_and_due_day(client, lent):
    make_copy(title=lent, location=make_location("阅览室", circulates=False))
    make_copy(title=lent, state="in_repair")
    make_copy(title=lent, state="withdrawn")
    text = client.get(reverse("catalog:title", args=[lent.pk])).content.decode()
    assert "在馆 2 / 共 4 册" in text
    assert "仅供馆内阅览" in text
    assert "修补" in text
    assert "应还" in text
    assert "滚滚长江东逝水" in text


def test_title_page_shows_shelf_hint_and_what_is_like_it(client, lent):
    place = lent.copies.first().location
    Location.objects.filter(pk=place.pk).update(hint="一楼进门右手")
    Shelf.objects.create(location=place, name="3号架", begins_with="I2")
    make_copy(title=make_title("三遂平妖传", author="罗贯中"))
    index_titles()
    text = client.get(reverse("catalog:title", args=[lent.pk])).content.decode()
    for words in ["流通书库 · 3号架", "一楼进门右手", "同一作者", "三遂平妖传"]:
        assert words in text, words


@pytest.mark.parametrize("roles", [None, *([role] for role in Role.values)])
def test_only_the_librarian_is_led_to_cataloguing(client, lent, roles):
    if roles:
        client.force_login(make_user(*roles))
    text = client.get(reverse("catalog:title", args=[lent.pk])).content.decode()
    leads = [address for address in (f"/records/{lent.pk}/", f"/copies/title/{lent.pk}/") if address in text]
    assert bool(leads) == (roles == [Role.LIBRARIAN])


def test_title_page_says_overdue_rather_than_a_day_that_has_passed(client, lent):
    make_loan(copy=make_copy(title=lent), due_on=localdate() - timedelta(days=1))
    text = client.get(reverse("catalog:title", args=[lent.pk])).content.decode()
    assert "已借出，逾期未还" in text
    assert "应还" in text  # the other copy


def test_unknown_title_is_not_found(client, school):
    assert client.get(reverse("catalog:title", args=[1])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_statements_of_a_title_do_not_grow(client, school, number, django_assert_num_queries):
    title = make_title("三国演义", author="罗贯中")
    for place in range(number):
        make_loan(copy=make_copy(title=title))
        make_copy(title=make_title(f"平妖传{place}", author="罗贯中"))
    index_titles()
    client.get(SEARCH)
    # the settings token, the title, its copies, its booklists, what is like it by key and as rows
    with django_assert_num_queries(6):
        client.get(reverse("catalog:title", args=[title.pk]))


@pytest.mark.parametrize("roles", [None, *([role] for role in Role.values)])
@pytest.mark.parametrize("page", ["search", "hits", "title", "home"])
def test_nobody_sees_who_has_the_book(client, lent, page, roles):
    if roles:
        client.force_login(make_user(*roles))
    address = reverse("catalog:title", args=[lent.pk]) if page == "title" else SEARCH
    headers = {"HX-Request": "true"} if page == "hits" else {}
    answer = client.get(address, {} if page == "home" else {"q": "三国演义"}, headers=headers)
    assert answer.status_code == 200
    assert "三国演义" in answer.content.decode()
    for secret in ["赵小明", "小明", "S777", "C0001", "三(1)班"]:
        assert secret not in answer.content.decode()


@pytest.mark.parametrize("text", ["赵小明", "C0001", "S777", "zxm"])
def test_readers_are_not_found_in_the_catalogue(client, lent, text):
    assert 'class="hit"' not in client.get(SEARCH, {"q": text}).content.decode()


@pytest.mark.parametrize("page", ["search", "title"])
def test_school_may_keep_its_catalogue_to_itself(client, lent, page):
    make_school(public_search=False)
    address = reverse("catalog:title", args=[lent.pk]) if page == "title" else SEARCH
    assert client.get(address).status_code == 302
    client.force_login(make_user(Role.STUDENT))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("role", "is_led"), [("teacher", True), ("librarian", True), ("student", False), (None, False)]
)
def test_lists_and_indexes_are_linked_for_those_who_may_open_them(client, school, role, is_led):
    if role:
        client.force_login(make_user(role), backend="library_site.authentication.AccountBackend")

    answer = client.get(SEARCH)

    assert (f'href="{reverse("lists:index")}"' in answer.content.decode()) is is_led
