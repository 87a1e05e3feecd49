"""Works entered from paper: who may, what the pages do, and what they cost."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity, Entry
from activities.operations.paper_entries import bring_pictures
from library_site.models import Role, User
from readers.models import ClassTeacher
from tests.factories.activities import make_group
from tests.factories.entries import make_contest, make_entry
from tests.factories.files import picture_bytes, upload
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user


def class_teacher(school_class) -> User:
    account = make_user(Role.TEACHER)
    teacher = make_reader(category="teacher", account=account)
    ClassTeacher.objects.create(school_class=school_class, reader=teacher, since=date(2020, 9, 1))
    return account


@pytest.fixture
def contest(db) -> Activity:
    """A contest that is on today, whatever day the tests run."""
    make_school()
    make_school_year(timezone.localdate().year - (timezone.localdate().month < 9))
    today = timezone.localdate()
    return make_contest(starts_on=today - timedelta(days=5), ends_on=today + timedelta(days=5))


@pytest.fixture
def school_class(contest):
    return make_class(timezone.localdate().year - 2)


@pytest.fixture
def client(contest, client) -> Client:
    client.force_login(make_user())
    return client


def url(name: str, contest, *args: object) -> str:
    return reverse(f"entries:{name}", args=[contest.pk, *args])


def pupils(school_class, number: int) -> list:
    return [make_reader(f"学生{place}", school_class=school_class) for place in range(1, number + 1)]


def waiting(contest, school_class, number: int = 1) -> list[int]:
    bring_pictures(
        activity_id=contest.pk, class_id=school_class.pk, uploads=[upload() for _ in range(number)], by=make_user(),
        at=timezone.now(),
    )  # fmt: skip
    rows = Entry.objects.filter(activity=contest, reader=None).order_by("number")
    return list(rows.values_list("files__file", flat=True))


PAGES = ("overview", "tick", "photos", "work", "all", "export", "of_many")


def statuses(client, contest, school_class, entry) -> dict[str, int]:
    args = {"tick": [school_class.pk], "photos": [school_class.pk], "work": [entry.number]}
    return {name: client.get(url(name, contest, *args.get(name, []))).status_code for name in PAGES}


def test_librarian_opens_every_page(client, contest, school_class):
    entry = make_entry(contest, make_reader(school_class=school_class), files=1)

    assert statuses(client, contest, school_class, entry) == dict.fromkeys(PAGES, 200)


def test_class_teacher_reaches_the_own_class_and_no_other(client, contest, school_class):
    client.force_login(class_teacher(school_class))
    own, theirs = pupils(school_class, 1)[0], make_reader(school_class=make_class(2020, 2))
    entry, other = make_entry(contest, own), make_entry(contest, theirs)

    found = statuses(client, contest, school_class, entry)
    assert found == {
        "overview": 200,
        "tick": 200,
        "photos": 200,
        "work": 200,
        "all": 404,
        "export": 404,
        "of_many": 404,
    }
    assert client.get(url("work", contest, other.number)).status_code == 404
    assert client.get(url("tick", contest, make_class(2020, 2).pk)).status_code == 404
    assert own.name not in client.get(url("overview", contest)).content.decode()


def test_who_answers_for_the_activity_reaches_all_of_it(client, contest, school_class):
    account = make_user(Role.TEACHER)
    contest.responsible = make_reader(category="teacher", account=account)
    contest.save()
    client.force_login(account)
    entry = make_entry(contest, make_reader(school_class=school_class))

    assert statuses(client, contest, school_class, entry) == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("role", [Role.STUDENT, Role.HELPER, Role.CLASS_KEEPER, Role.PRINCIPAL, Role.ADMINISTRATOR])
def test_others_enter_nothing(client, contest, school_class, role):
    client.force_login(make_user(role))
    entry = make_entry(contest, make_reader(school_class=school_class))

    assert set(statuses(client, contest, school_class, entry).values()) <= {403, 404}


def test_ticked_names_are_entered_with_their_titles(client, contest, school_class):
    one, two, _three = pupils(school_class, 3)

    client.post(
        url("tick", contest, school_class.pk), {"ticked": [one.pk, two.pk], f"name-{one.pk}": " 我的书 "}, follow=True
    )

    assert set(Entry.objects.values_list("reader", "name")) == {(one.pk, "我的书"), (two.pk, "")}


def test_tick_taken_off_takes_the_work_away_and_another_class_is_never_touched(client, contest, school_class):
    one, two = pupils(school_class, 2)
    stranger = make_reader(school_class=make_class(2020, 2))
    for reader in (one, two, stranger):
        make_entry(contest, reader)

    client.post(
        url("tick", contest, school_class.pk),
        {"ticked": [one.pk], "was": [one.pk, two.pk, stranger.pk]},
    )

    assert set(Entry.objects.values_list("reader", flat=True)) == {one.pk, stranger.pk}


def test_photographs_are_taken_by_the_script_and_by_the_form(client, contest, school_class):
    content = picture_bytes()
    one = client.post(
        url("bring", contest, school_class.pk), {"uploads": upload(content)}, headers={"Accept": "application/json"}
    )
    again = client.post(
        url("bring", contest, school_class.pk), {"uploads": upload(content)}, headers={"Accept": "application/json"}
    )
    form = client.post(url("bring", contest, school_class.pk), {"uploads": [upload(), upload(b"x", "坏.jpg")]})

    assert one.json() == {"kept": 1, "same": 0, "problems": []}
    assert again.json() == {"kept": 0, "same": 1, "problems": []}
    assert form.status_code == 302
    page = client.get(url("photos", contest, school_class.pk)).content.decode()
    assert "坏.jpg" in page
    assert Entry.objects.count() == 2


def test_photograph_is_named_and_the_next_one_waits(client, contest, school_class):
    one, _two = pupils(school_class, 2)
    first, second = waiting(contest, school_class, 2)

    answer = client.post(
        url("name", contest, school_class.pk), {"file": first, "reader": one.pk, "name": "我的书"},
        headers={"HX-Request": "true"},
    )  # fmt: skip

    assert answer.context["current"].file.pk == second
    assert answer.context["last"].entry.reader == one
    assert Entry.objects.get(reader=one).name == "我的书"


def test_photograph_is_never_named_for_a_pupil_or_a_pile_of_another_class(client, contest, school_class):
    (one,) = pupils(school_class, 1)
    stranger = make_reader(school_class=make_class(2020, 2))
    (file,) = waiting(contest, school_class)

    for data, class_id in (
        ({"file": file, "reader": stranger.pk}, school_class.pk),
        ({"file": file, "reader": one.pk}, make_class(2020, 2).pk),
        ({"file": file, "reader": "x"}, school_class.pk),
    ):
        client.post(url("name", contest, class_id), data, headers={"HX-Request": "true"})

    assert not Entry.objects.exclude(reader=None).exists()


def test_photograph_is_turned_laid_back_and_deleted(client, contest, school_class):
    (one,) = pupils(school_class, 1)
    file, _other = waiting(contest, school_class, 2)
    client.post(url("name", contest, school_class.pk), {"file": file, "reader": one.pk})

    for act in ("turn", "back", "drop", "nonsense"):
        answer = client.post(
            url("mend", contest, school_class.pk), {"file": file, "act": act}, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 200

    assert Entry.objects.filter(reader=None).count() == 1
    assert not Entry.objects.filter(reader=one).exists()


def test_work_is_corrected_refused_and_accepted(client, contest, school_class):
    entry = make_entry(contest, make_reader(school_class=school_class), files=2)
    page = url("work", contest, entry.number)

    client.post(page, {"name": "新题目", "text": "", "teacher": "王老师"})
    client.post(page, {"refuse": "1", "reason": ""})
    entry.refresh_from_db()
    assert (entry.name, entry.teacher, entry.state) == ("新题目", "王老师", "handed_in")

    client.post(page, {"refuse": "1", "reason": "字数不够"})
    entry.refresh_from_db()
    assert (entry.state, entry.reason) == ("refused", "字数不够")
    client.post(url("accept", contest, entry.number))
    entry.refresh_from_db()
    assert entry.state == "handed_in"


def test_files_of_a_work_are_added_moved_turned_removed_and_others_stay(client, contest, school_class):
    entry, other = make_entry(contest, files=2), make_entry(contest, files=1)
    page = url("files", contest, entry.number)
    first, second = entry.files.order_by("position").values_list("file", flat=True)

    client.post(page, {"uploads": [upload()]})
    for act, file in (("move", second), ("turn", second), ("remove", first)):
        client.post(page, {"file": file, "act": act})
    theirs = other.files.get().file_id
    assert client.post(page, {"file": theirs, "act": "remove"}).status_code == 404

    assert entry.files.order_by("position").first().file_id == second
    assert (entry.files.count(), other.files.count()) == (2, 1)


def test_work_of_a_group_is_entered_with_its_pictures(client, contest, school_class):
    group = make_group()

    client.post(url("of_many", contest), {"whose": f"group-{group.pk}", "name": "班报", "uploads": [upload()]})

    entry = Entry.objects.get()
    assert (entry.group, entry.name, entry.files.count()) == (group, "班报", 1)


def test_activity_without_works_has_no_pages_of_works(client, contest, school_class):
    other = make_contest(takes_entries=False)

    assert client.get(url("overview", other)).status_code == 404
    assert client.get(url("all", other)).status_code == 404


def test_lists_of_a_class_cost_the_same_for_one_and_for_three(
    client, contest, school_class, django_assert_max_num_queries
):
    counted = []
    for number in (1, 3):
        for reader in pupils(school_class, number):
            make_entry(contest, reader, files=2)
        waiting(contest, school_class, number)
        for name in ("tick", "photos"):
            page = url(name, contest, school_class.pk)
            client.get(page)
            with django_assert_max_num_queries(40) as queries:
                client.get(page)
            counted.append((name, len(queries)))

    assert counted[:2] == counted[2:]


def test_list_of_all_works_costs_the_same_for_one_and_for_three(
    client, contest, school_class, django_assert_max_num_queries
):
    counted = []
    for number in (1, 3):
        for reader in pupils(school_class, number):
            make_entry(contest, reader)
        client.get(url("all", contest))
        with django_assert_max_num_queries(40) as queries:
            client.get(url("all", contest))
        counted.append(len(queries))

    assert counted[0] == counted[1]
