"""Prizes and results on the pages: who may, what everybody reads, and what nobody else does."""

import pytest
from django.urls import reverse

from activities.models import ActivityOptions, EntryFile, Honour, Prize, Result
from library_site.models import Role
from tests.factories.activities import PUBLISHED_AT, make_group
from tests.factories.entries import (
    NOON,
    agree,
    make_contest,
    make_entry,
    make_judge,
    make_prizes,
    make_result,
    make_score,
)
from tests.factories.files import PDF, make_file
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
EDITING = ("scores", "prizes", "people", "export")
PUBLIC = ("results", "board")


@pytest.fixture
def contest(client):
    """Works of the means 90, 80, 80; the librarian is logged in."""
    make_school()
    make_school_year()
    contest = make_contest()
    judge = make_judge(contest)
    for value in (90, 80, 80):
        make_score(make_entry(contest, make_reader(school_class=make_class())), judge, value)
    client.force_login(make_user())
    return contest


def url(name: str, contest, *args) -> str:
    return reverse(f"results:{name}", args=[contest.pk, *args])


def published(contest, entry):
    """The work has the first prize, and that is published."""
    prize = Prize.objects.filter(activity=contest).first() or make_prizes(contest, 一等奖=None)[0]
    make_result(prize, entry)
    contest.results_at = NOON
    contest.save()


def test_prizes_are_set_dealt_settled_and_published(client, contest):
    client.post(url("prizes", contest), {"name0": "一等奖", "places0": "1", "name1": "二等奖", "places1": "1"})
    client.post(url("deal", contest))
    assert Result.objects.get().entry.number == 1

    page = client.get(url("scores", contest)).content.decode()
    assert "并列" in page
    second = Prize.objects.get(name="二等奖")
    client.post(url("give", contest), {"prize": second.pk, "entry": contest.entries.get(number=3).pk, "reason": ""})
    assert Result.objects.count() == 1
    client.post(url("give", contest), {"prize": second.pk, "entry": contest.entries.get(number=3).pk, "reason": "合议"})

    client.post(url("publish", contest))
    contest.refresh_from_db()
    assert contest.results_at is not None
    assert set(Honour.objects.values_list("award", flat=True)) == {"一等奖", "二等奖"}


def test_missing_scores_are_shown_and_must_be_set_aside(client, contest):
    make_prizes(contest, 一等奖=1)
    make_judge(contest)

    assert "缺评" in client.get(url("scores", contest)).content.decode()
    client.post(url("deal", contest))
    assert not Result.objects.exists()
    client.post(url("deal", contest), {"although_missing": "1"})
    assert Result.objects.count() == 1


def test_prize_twice_is_said(client, contest):
    answer = client.post(url("prizes", contest), {"name0": "一等奖", "name1": "一等奖"})

    assert answer.status_code == 422
    assert not Prize.objects.exists()


def test_prize_is_taken_back(client, contest):
    (prize,) = make_prizes(contest, 一等奖=1)
    result, elsewhere = make_result(prize, contest.entries.first()), make_contest()

    assert client.post(url("take", elsewhere, result.pk)).status_code == 404
    client.post(url("take", contest, result.pk))

    assert not Result.objects.exists()


def test_pupils_classes_and_groups_win_without_works(client, contest):
    (prize,) = make_prizes(contest, 优胜奖=None)
    pupil, group = make_reader("张三丰", school_class=make_class()), make_group("星星读书社")
    page = url("people", contest)

    client.post(f"{page}?class={make_class().pk}", {"prize": prize.pk, "who": f"reader-{pupil.pk}"})
    client.post(page, {"prize": prize.pk, "who": f"class-{make_class().pk}"})
    client.post(page, {"prize": prize.pk, "who": f"group-{group.pk}"})
    client.post(page, {"prize": prize.pk, "who": f"reader-{pupil.pk}"})  # not of that list

    rows = Result.objects.order_by("pk").values_list("reader", "school_class", "group")
    assert list(rows) == [
        (pupil.pk, make_class().pk, None), (None, make_class().pk, None), (None, None, group.pk),
    ]  # fmt: skip
    assert "张三丰" in client.get(page).content.decode()


def statuses(client, contest, names) -> set[int]:
    return {client.get(url(name, contest)).status_code for name in names}


def test_only_who_answers_for_the_activity_edits_its_results(client, contest):
    account = make_user(Role.TEACHER)
    client.force_login(account)
    assert statuses(client, contest, EDITING) == {404}

    contest.responsible = make_reader(category="teacher", account=account)
    contest.save()
    assert statuses(client, contest, EDITING) == {200}


@pytest.mark.parametrize("role", [Role.STUDENT, Role.HELPER, Role.CLASS_KEEPER, Role.PRINCIPAL, Role.ADMINISTRATOR])
def test_others_see_no_scores(client, contest, role):
    client.force_login(make_user(role))

    assert statuses(client, contest, EDITING) == {403}


def test_results_that_are_not_published_do_not_exist(client, contest):
    make_result(make_prizes(contest, 一等奖=1)[0], contest.entries.first())

    assert statuses(client, contest, PUBLIC) == {404}
    assert "一等奖" not in client.get(reverse("activities:activity", args=[contest.pk])).content.decode()


def pages_of(client, contest) -> str:
    activity = client.get(reverse("activities:activity", args=[contest.pk]))
    return "".join(
        answer.content.decode() for answer in (activity, *[client.get(url(name, contest)) for name in PUBLIC])
    )


@pytest.fixture
def shown(contest, client):
    """A published work of 张三丰 with a picture; a stranger looks."""
    pupil = make_reader("张三丰", school_class=make_class(), account=make_user(Role.STUDENT))
    entry = make_entry(contest, pupil, name="我和书的故事", text="那天我打开了书", files=1)
    published(contest, entry)
    client.logout()
    return entry


def picture(client, entry) -> int:
    file = entry.files.get().file
    return client.get(reverse("files:preview", args=[file.pk, file.version])).status_code


def test_stranger_reads_a_shortened_name_and_no_work_without_consent(client, contest, shown):
    page = pages_of(client, contest)

    assert "张**" in page
    assert not any(word in page for word in ("张三丰", "我和书的故事", "那天我打开了书"))
    assert picture(client, shown) == 404


def test_stranger_reads_the_work_while_the_consent_is_in_force(client, contest, shown):
    consent = agree(shown.reader)
    page = pages_of(client, contest)
    assert "我和书的故事" in page and "那天我打开了书" in page and "张三丰" not in page
    assert picture(client, shown) == 200

    consent.withdrawn_on = NOON.date()
    consent.save()
    page = pages_of(client, contest)
    assert "我和书的故事" not in page and "那天我打开了书" not in page
    assert picture(client, shown) == 404


def test_stranger_reads_no_name_in_a_files_name(client, contest, shown):
    agree(shown.reader)
    file = make_file(None, PDF, "张三丰.pdf")
    EntryFile.objects.create(entry=shown, file=file, position=2)
    address = reverse("files:file", args=[file.pk, file.version])

    page = pages_of(client, contest)

    assert address in page and "张三丰" not in page
    assert "%E5%BC%A0" not in client.get(address)["Content-Disposition"]


def test_name_is_in_full_only_where_school_and_parents_want_it(client, contest, shown):
    agree(shown.reader, "name")
    assert "张三丰" not in pages_of(client, contest)

    ActivityOptions.objects.create(pk=1, names="full")
    assert "张三丰" in pages_of(client, contest)
    shown.reader.consents.all().delete()
    assert "张三丰" not in pages_of(client, contest)


def test_other_pupil_sees_no_more_than_a_stranger_and_the_writer_the_own_picture(client, contest, shown):
    client.force_login(make_user(Role.STUDENT))
    assert "张三丰" not in pages_of(client, contest)
    assert picture(client, shown) == 404

    client.force_login(shown.reader.account)
    assert picture(client, shown) == 200


def test_work_that_won_nothing_is_nowhere(client, contest, shown):
    loser = make_entry(contest, make_reader("李四光"), name="没有获奖的作品", files=1)
    agree(loser.reader)

    assert "没有获奖的作品" not in pages_of(client, contest)
    assert picture(client, loser) == 404


@pytest.mark.parametrize("size", ["a4", "a3", "x"])
def test_sheet_for_the_wall_has_its_size(client, contest, shown, size):
    page = client.get(f"{url('board', contest)}?size={size}").content.decode()

    assert f"honour-board is-{'a3' if size == 'a3' else 'a4'}" in page


def test_stranger_is_led_to_the_login_where_the_school_closed_its_pages(client, contest, shown):
    make_school(public_search=False)

    assert statuses(client, contest, PUBLIC) == {302}


def test_pages_cost_the_same_for_one_and_for_three(client, contest, django_assert_max_num_queries):
    (prize,) = make_prizes(contest, 一等奖=None)
    contest.results_at = PUBLISHED_AT
    contest.save()
    counted = []
    for number in (1, 3):
        for _place in range(number):
            entry = make_entry(contest, make_reader(school_class=make_class()), files=1, text="文")
            make_result(prize, entry)
            agree(entry.reader)
        for name in ("scores", *PUBLIC):
            client.get(url(name, contest))
            with django_assert_max_num_queries(40) as queries:
                client.get(url(name, contest))
            counted.append((name, len(queries)))

    assert counted[:3] == counted[3:]
