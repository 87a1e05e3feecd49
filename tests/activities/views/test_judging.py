"""Judging in the browser: who may, one work after the other, blind."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from activities.models import EntryFile, Score
from library_site.models import Role
from tests.factories.entries import NOON, make_contest, make_entry, make_judge, make_score
from tests.factories.files import PDF, make_file
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    make_school()
    make_school_year()
    return make_contest()


@pytest.fixture
def judge(contest, client):
    judge = make_judge(contest)
    client.force_login(judge.account)
    return judge


def url(name: str, *args) -> str:
    return reverse(f"judging:{name}", args=args)


def test_judge_goes_from_work_to_work_until_all_are_scored(client, contest, judge):
    for _number in range(3):
        make_entry(contest)
    make_score(contest.entries.get(number=2), judge, 80)

    assert client.get(url("start", contest.pk)).url == url("work", contest.pk, 1)
    assert client.post(url("work", contest.pk, 1), {"value": "90"}).url == url("work", contest.pk, 3)
    assert client.post(url("work", contest.pk, 3), {"value": "85.5", "note": "好"}).url == url("mine")

    assert sorted(Score.objects.values_list("entry__number", "value")) == [(1, 90), (2, 80), (3, 85.5)]


@pytest.mark.parametrize("value", ["", "101", "-1", "x", "90.555"])
def test_wrong_score_is_said_and_not_kept(client, contest, judge, value):
    make_entry(contest)

    answer = client.post(url("work", contest.pk, 1), {"value": value})

    assert answer.status_code == 422
    assert answer.context["form"].errors["value"]
    assert not Score.objects.exists()


def test_blind_judge_reads_neither_name_nor_class_nor_teacher(client, contest, judge):
    pupil = make_reader("张三丰", school_class=make_class())
    make_entry(contest, pupil, name="我的书", text="正文", teacher="王老师", files=1)

    page = client.get(url("work", contest.pk, 1)).content.decode()

    assert "我的书" in page and "正文" in page
    assert not any(word in page for word in ("张三丰", "三(1)班", "王老师", "photo.jpg"))


def test_judge_who_is_not_blind_reads_whose_work_it_is(client, contest, judge):
    contest.blind = False
    contest.save()
    make_entry(contest, make_reader("张三丰", school_class=make_class()))

    page = client.get(url("work", contest.pk, 1)).content.decode()

    assert "张三丰" in page and "三(1)班" in page


def test_judge_sees_the_pictures_of_works_that_are_in_and_of_no_others(client, contest, judge):
    shown, draft = make_entry(contest, files=1), make_entry(contest, files=1, state="draft")
    elsewhere = make_entry(make_contest(), files=1)

    found = [
        client.get(reverse("files:file", args=[file.pk, file.version])).status_code
        for file in (entry.files.get().file for entry in (shown, draft, elsewhere))
    ]

    assert found == [200, 404, 404]


@pytest.mark.parametrize(("content", "name"), [(PDF, "张三丰.pdf"), (b"words", "张三丰.txt")])
def test_blind_judge_reads_no_name_in_a_files_name(client, contest, judge, content, name):
    entry = make_entry(contest, make_reader("张三丰"))
    file = make_file(make_user(Role.STUDENT), content, name)
    EntryFile.objects.create(entry=entry, file=file, position=2)

    page = client.get(url("work", contest.pk, 1)).content.decode()
    answer = client.get(reverse("files:file", args=[file.pk, file.version]))

    assert reverse("files:file", args=[file.pk, file.version]) in page and "张三丰" not in page
    assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''{quote('1 号作品-2')}{name[-4:]}"


@pytest.mark.parametrize("role", [Role.TEACHER, Role.LIBRARIAN, Role.PRINCIPAL])
def test_who_was_not_named_does_not_judge(client, contest, role):
    make_entry(contest)
    client.force_login(make_user(role))

    for page in (url("start", contest.pk), url("work", contest.pk, 1)):
        assert client.get(page).status_code == 404
    assert client.get(url("mine")).status_code == 200


@pytest.mark.parametrize("role", [Role.STUDENT, Role.HELPER, Role.CLASS_KEEPER, Role.ADMINISTRATOR])
def test_others_have_no_page_of_judging(client, contest, role):
    client.force_login(make_user(role))

    assert {client.get(url(name, *args)).status_code for name, args in (("mine", []), ("start", [1]))} == {403}


def test_judge_who_was_taken_off_judges_no_more(client, contest, judge):
    make_entry(contest)
    judge.removed_at = NOON
    judge.save()

    assert client.post(url("work", contest.pk, 1), {"value": "90"}).status_code == 404


def test_activity_without_works_yet_leads_back(client, contest, judge):
    assert client.get(url("start", contest.pk)).url == url("mine")


def test_librarian_names_judges_and_takes_them_off(client, contest):
    teacher = make_user(Role.TEACHER)
    client.force_login(make_user())

    client.post(url("judges", contest.pk), {"account": teacher.pk})
    judge = contest.judges.get()
    assert judge.account == teacher and teacher.name in client.get(url("judges", contest.pk)).content.decode()

    client.post(url("remove", contest.pk, judge.pk))
    judge.refresh_from_db()
    assert judge.removed_at is not None


def test_pupil_cannot_be_named_as_a_judge(client, contest):
    pupil = make_user(Role.STUDENT)
    client.force_login(make_user())

    assert client.post(url("judges", contest.pk), {"account": pupil.pk}).status_code == 422
    assert not contest.judges.exists()


def test_teacher_who_does_not_answer_for_it_names_no_judges(client, contest):
    client.force_login(make_user(Role.TEACHER))

    assert client.get(url("judges", contest.pk)).status_code == 404


def test_judging_costs_the_same_for_one_and_for_three(client, contest, judge, django_assert_max_num_queries):
    counted = []
    for number in (1, 2):
        for _place in range(number):
            make_entry(contest, files=2)
        client.get(url("work", contest.pk, 1))
        with django_assert_max_num_queries(25) as queries:
            client.get(url("work", contest.pk, 1))
        counted.append(len(queries))

    assert counted[0] == counted[1]
