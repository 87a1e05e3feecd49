"""Every URL with every role, against the one table that says who may open what."""

import uuid
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from library_site.access import ACCESS, Open, Scope, Within, may_open
from library_site.models import Role
from readers.models import ClassTeacher
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.labels import make_stock
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

ANONYMOUS = "anonymous"
# No such object: an allowed visitor is told so, a denied one must not even learn that.
NO_SUCH_NUMBER = 999_999


def patterns(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL of the site as (full name, pattern); an unnamed one has the name of its route."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name or entry.pattern}", entry


def sample(converter: object) -> object:
    if isinstance(converter, IntConverter):
        return NO_SUCH_NUMBER
    return uuid.UUID(int=1) if isinstance(converter, UUIDConverter) else "x"


def address(name: str, pattern: URLPattern, **objects: object) -> str:
    """The URL's address; its arguments are those of `objects`, and samples where that has none."""
    converters = {**pattern.pattern.converters}
    return reverse(name, kwargs={key: objects.get(key) or sample(converter) for key, converter in converters.items()})


def _near(rule, role: Role) -> bool:
    """Whether the role reaches no further than its own class or itself."""
    return isinstance(rule, Within) and rule.scope_of(frozenset({role.value})) in {Scope.CLASS, Scope.OWN}


@pytest.fixture
def set_up_school(db):
    """What the first start leaves behind, and nothing else."""
    make_school()
    make_school_year()
    make_class()
    make_policy()
    make_opening_hours()
    make_location()


def test_every_url_stands_in_the_table():
    assert {name for name, _pattern in patterns()} - set(ACCESS) == set()


def test_every_row_of_the_table_is_a_url():
    assert set(ACCESS) - {name for name, _pattern in patterns()} == set()


@pytest.mark.parametrize("role", [*Role.values, ANONYMOUS])
def test_role_opens_what_the_table_allows_and_nothing_else(role, set_up_school):
    client = Client()
    roles = None if role == ANONYMOUS else frozenset({role})
    if roles is not None:
        client.force_login(make_user(role), backend="library_site.authentication.AccountBackend")

    wrong = {}
    for name, pattern in patterns():
        answer = client.get(address(name, pattern))
        allowed = may_open(name, roles, public_search=True, debug=False)
        if allowed == is_refusal(answer):
            wrong[name] = answer.status_code
        read_to_its_end(answer)

    assert wrong == {}


def test_pages_of_things_that_exist_open(set_up_school):
    """The walk above meets objects that are not there; here they are, on an otherwise empty library."""
    school_class = make_class()
    reader, copy = make_reader(school_class=school_class, card="T0001"), make_copy()
    objects = {
        "class_id": school_class.pk,
        "reader_id": reader.pk,
        "account_id": make_user(Role.STUDENT).pk,
        "title_id": copy.title_id,
        "copy_id": copy.pk,
        "location_id": copy.location_id,
        "stock_id": make_stock().pk,
    }
    client = Client()
    client.force_login(make_user(*Role.values), backend="library_site.authentication.AccountBackend")

    walked = {
        name: client.get(address(name, pattern, **objects)).status_code
        for name, pattern in patterns()
        if pattern.pattern.converters and set(pattern.pattern.converters) <= set(objects)
    }

    assert "catalog:title" in walked
    assert {name: status for name, status in walked.items() if status not in {200, 405}} == {}


def _keeps_to_a_class(role: Role) -> bool:
    """Whether some page opens to the role for the own class; a page about oneself takes no other's number."""
    return any(_near(rule, role) and role in rule.own_class for rule in ACCESS.values())


@pytest.mark.parametrize("role", [role for role in Role if _keeps_to_a_class(role)])
def test_other_classes_do_not_exist_for_who_reaches_the_own_one(role, set_up_school):
    """Every page that a role may open for its own class answers 404 for another class and for its readers.

    A role whose near pages name nobody ("my books") has none to walk.
    """
    own, other = make_class(2024, 1), make_class(2024, 2)
    me = make_reader(
        school_class=own, account=make_user(role), category="teacher" if role is Role.TEACHER else "student"
    )
    if role is Role.TEACHER:
        ClassTeacher.objects.create(reader=me, school_class=own, since=date(2020, 9, 1))
    client = Client()
    client.force_login(me.account, backend="library_site.authentication.AccountBackend")
    theirs = {"class_id": other.pk, "reader_id": make_reader(school_class=other).pk}

    walked = {
        name: client.get(address(name, pattern, **theirs)).status_code
        for name, pattern in patterns()
        if _near(ACCESS[name], role) and set(pattern.pattern.converters) & set(theirs)
    }

    assert {name: status for name, status in walked.items() if status not in {404, 405}} == {}


def test_search_is_for_members_only_where_the_school_closes_it(db):
    make_school(public_search=False)
    make_school_year()

    opened = [
        name
        for name, pattern in patterns()
        if ACCESS[name] is Open.SEARCH and not is_refusal(Client().get(address(name, pattern)))
    ]

    assert opened == []


def test_fragment_is_told_to_log_in_by_header(db):
    """A login page swapped into a fragment would confuse; the whole page goes there instead."""
    make_school()

    answer = Client().get(reverse("home"), headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, reverse("login"))


def test_before_the_first_start_every_page_but_its_guide_is_closed(db):
    answers = {name: Client().get(address(name, pattern)) for name, pattern in patterns()}

    opened = {name for name, answer in answers.items() if answer.status_code == 200}
    assert opened <= {"first_start"}


def test_pages_carry_a_strict_content_policy(set_up_school):
    policy = Client().get(reverse("login")).headers["Content-Security-Policy"]

    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
    assert rules["default-src"] == "'self'"
    assert rules["object-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy


def read_to_its_end(answer) -> None:
    """A file that is sent closes behind its last byte."""
    for _part in getattr(answer, "streaming_content", ()):
        pass


def is_refusal(answer) -> bool:
    """403, or sent to the login page; any other answer means that the view was reached."""
    to_login = answer.status_code == 302 and answer.headers["Location"].startswith(f"{reverse('login')}?next=")
    return answer.status_code in {401, 403} or to_login
