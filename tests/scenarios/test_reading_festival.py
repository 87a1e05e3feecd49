"""A reading festival from its plan to the certificates: planned, entered from paper, judged, won, summed up."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from activities.models import Activity, Entry, Honour, Result, Score
from library_site.models import Role
from readers.models import ClassTeacher
from tests.factories.activities import make_kind
from tests.factories.entries import agree
from tests.factories.files import upload
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = {"starts_on": "2026-10-12", "ends_on": "2026-10-30", "registration": "none", "scale": 100}


def logged_in(*roles: str) -> Client:
    client = Client()
    client.force_login(make_user(*roles))
    return client


def at_once(*acts) -> None:
    """Runs the acts in threads of their own; raises what any of them raised."""
    line, raised = threading.Barrier(len(acts)), []

    def run(act):
        try:
            line.wait(timeout=30)
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert raised == []


def planned(librarian: Client) -> Activity:
    """The festival with a contest for the third grade, published with its part."""
    festival_kind, essays = make_kind("festival", name="读书节"), make_kind("works", name="征文")
    librarian.post(reverse("activities:new"), {"kind": festival_kind.pk, "name": "第十届读书节", **DAYS})
    festival = Activity.objects.get(kind=festival_kind)
    part = {"kind": essays.pk, "name": "我和书的故事", "takes_entries": "on", "blind": "on", "grades_for": "primary-3"}
    librarian.post(reverse("activities:new_part", args=[festival.pk]), part | DAYS)
    librarian.post(reverse("activities:step", args=[festival.pk]), {"step": "publish", "with_parts": "1"})
    return Activity.objects.get(parent=festival)


def named_from_paper(teacher: Client, contest: Activity, school_class, pupils) -> None:
    """The class teacher photographs the pile and says whose each work is."""
    where = [contest.pk, school_class.pk]
    for _pupil in pupils:
        teacher.post(reverse("entries:bring", args=where), {"uploads": upload()})
    files = Entry.objects.filter(activity=contest, reader=None).order_by("number").values_list("files__file", flat=True)
    for place, (file, pupil) in enumerate(zip(list(files), pupils, strict=True), start=1):
        data = {"file": file, "reader": pupil.pk, "name": f"作品{place}"}
        teacher.post(reverse("entries:name", args=where), data, headers={"HX-Request": "true"})


def judged(client: Client, contest: Activity, scores: dict[int, int]) -> None:
    """One judge goes from work to work, as the pages lead."""
    page = client.get(reverse("judging:start", args=[contest.pk])).url
    while "/judging/" in page and page != reverse("judging:mine"):
        number = int(page.rstrip("/").rsplit("/", 1)[1])
        page = client.post(page, {"value": scores[number]}).url


def test_festival_from_plan_to_certificates(time_machine):
    time_machine.move_to("2026-10-14T04:20:00Z")
    make_school()
    make_school_year(2026)
    school_class = make_class(2024, 1)
    pupils = [make_reader(f"学生{place}", school_class=school_class) for place in range(1, 7)]
    writer = make_reader("张三丰", school_class=school_class, account=make_user(Role.STUDENT))
    account = make_user(Role.TEACHER)
    ClassTeacher.objects.create(
        reader=make_reader(category="teacher", account=account), school_class=school_class, since=date(2026, 9, 1)
    )
    teacher, pupil, librarian = Client(), Client(), logged_in(Role.LIBRARIAN)
    teacher.force_login(account)
    pupil.force_login(writer.account)

    # Planned and published with its part; one pupil writes, six hand in paper.
    contest = planned(librarian)
    assert contest.state == Activity.State.PUBLISHED and contest.takes_entries
    pupil.post(reverse("entries:draft", args=[contest.pk]), {"text": "从前"})
    pupil.post(reverse("entries:own", args=[contest.pk]), {"name": "我的书", "text": "从前有一本书", "hand_in": "1"})
    named_from_paper(teacher, contest, school_class, pupils)
    works = {row.reader_id: row.number for row in Entry.objects.filter(activity=contest, state="handed_in")}
    assert set(works) == {writer.pk, *(row.pk for row in pupils)}

    # Three judges: two of them at the same time, the third later.
    accounts = [make_user(Role.TEACHER), make_user(Role.PRINCIPAL), make_user(Role.TEACHER)]
    for one in accounts:
        librarian.post(reverse("judging:judges", args=[contest.pk]), {"account": one.pk})
    clients = [Client() for _one in accounts]
    for client, one in zip(clients, accounts, strict=True):
        client.force_login(one)
    marks = dict(zip([works[writer.pk], *(works[row.pk] for row in pupils)], (95, 90, 85, 85, 80, 75, 70), strict=True))
    at_once(*[lambda client=client: judged(client, contest, marks) for client in clients[:2]])
    librarian.post(
        reverse("results:prizes", args=[contest.pk]),
        {"name0": "一等奖", "places0": "1", "name1": "二等奖", "places1": "2", "name2": "优秀奖", "places2": ""},
    )
    librarian.post(reverse("results:deal", args=[contest.pk]))
    assert not Result.objects.exists(), "a judge has scored nothing yet"
    judged(clients[2], contest, marks)
    assert Score.objects.count() == 21

    # Dealt by the means; the tie across the second prize is settled by hand.
    librarian.post(reverse("results:deal", args=[contest.pk]))
    given = dict(Result.objects.values_list("reader__name", "prize__name"))
    assert given == {"张三丰": "一等奖", "学生1": "二等奖"}
    second = Entry.objects.get(reader=pupils[2])
    prize = Result.objects.get(prize__name="二等奖").prize_id
    librarian.post(
        reverse("results:give", args=[contest.pk]), {"prize": prize, "entry": second.pk, "reason": "评委合议"}
    )

    # Published: shortened names for everybody, the work only with consent, certificates for three.
    time_machine.move_to("2026-10-21T04:20:00Z")
    assert Client().get(reverse("results:results", args=[contest.pk])).status_code == 404
    librarian.post(reverse("results:publish", args=[contest.pk]))
    agree(writer)
    page = Client().get(reverse("results:results", args=[contest.pk])).content.decode()
    assert "张**" in page and "从前有一本书" in page and "张三丰" not in page and "作品1" not in page
    assert Honour.objects.filter(activity=contest, revoked_on=None).count() == 3
    certificates = librarian.get(reverse("certificates:print"), {"activity": contest.pk}).content.decode()
    assert (
        "张三丰" in certificates and "一等奖" in certificates and certificates.count('class="certificate-frame"') == 3
    )

    # Summed up: closed, its record holds what was, and nothing more is entered.
    librarian.post(
        reverse("activities:summary", args=[contest.pk]), {"took_part": "7", "summary": "七人参加", "close": "1"}
    )
    contest.refresh_from_db()
    assert (contest.state, contest.took_part) == ("over", 7)
    teacher.post(reverse("entries:bring", args=[contest.pk, school_class.pk]), {"uploads": upload()})
    assert Entry.objects.filter(activity=contest).count() == 7
    assert "七人参加" in librarian.get(reverse("activities:record", args=[contest.pk])).content.decode()
