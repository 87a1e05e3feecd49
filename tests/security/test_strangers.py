"""What a stranger cannot see or change: all pages of activities, with all that one pupil wrote and did in them.

The pupil has one row in every table that says something of readers. No page shows the pupil's name or words to whoever
is none of their business, whatever its address names; and no post to it changes a row of theirs.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from activities import models as rows
from library_site.access import ACCESS
from library_site.menu import READING
from library_site.models import Role, User
from readers.models import ClassTeacher, Reader, SchoolClass
from tests.conventions.test_access import patterns, read_to_its_end, sample
from tests.factories.catalog import make_location
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user
from tests.factories.told import SECRET, tell_everything

pytestmark = pytest.mark.django_db
BACKEND = "library_site.authentication.AccountBackend"
NAME, NUMBER = "欧阳小明", "S20240099"
DAY = date(2026, 10, 12)
NAMESPACES = READING | {"files"}

# Who is none of the pupil's business. A classmate is as strange as anybody else.
STRANGERS = (
    "logged out",
    "classmate",
    "pupil of another class",
    "keeper of another class",
    "helper",
    "teacher of another class",
    "teacher without a class",
    "principal",
)
# Pages that show words without anybody's name, to whom they are meant for: {name: (strangers, why)}.
NAMELESS = {
    "surveys:survey": ({"principal"}, "a survey's own words are nobody's"),
    "surveys:export": ({"principal"}, "a survey's own words are nobody's"),
}


@pytest.fixture(autouse=True)
def october(time_machine):
    time_machine.move_to("2026-10-12T10:00:00+08:00", tick=False)


@pytest.fixture
def own_class() -> SchoolClass:
    make_school(public_search=True)
    make_school_year(2026)
    make_policy()
    make_opening_hours()
    make_location()
    return make_class(2024, 1)


@pytest.fixture
def pupil(own_class) -> Reader:
    """A pupil with one of everything of today, still on and nothing of it released."""
    reader = make_reader(NAME, number=NUMBER, school_class=own_class, account=make_user("student"))
    tell_everything(reader, DAY, school_class=own_class)
    after = DAY + timedelta(days=20)
    rows.Activity.objects.update(ends_on=after, results_at=timezone.now())
    rows.Survey.objects.update(published_at=timezone.now(), closes_on=after)
    rows.Challenge.objects.update(published_at=timezone.now(), ends_on=after)
    rows.Quiz.objects.update(opens_at=timezone.now(), closes_at=timezone.now() + timedelta(days=2))
    rows.Message.objects.update(state="private")
    rows.DriftStop.objects.update(is_shown=False)
    rows.DriftBook.objects.update(wish="一路顺风")  # stands on the book's card
    rows.Honour.objects.update(name=NAME, work="我的读后感")  # without a name the work is nobody's
    rows.ReadingGroup.objects.update(leader=None)  # else a member of staff
    rows.Suggestion.objects.update(state="seen")
    # On the school's page, and then the parents took their word back.
    rows.ReadingNote.objects.update(shown="school")
    return reader


def stranger(who: str, own_class: SchoolClass) -> Client:
    client = Client()
    account = _account(who, own_class)
    if account is not None:
        client.force_login(account, backend=BACKEND)
    return client


def _account(who: str, own_class: SchoolClass) -> User | None:
    other = make_class(2024, 2)
    match who:
        case "logged out":
            return None
        case "classmate" | "pupil of another class":
            account = make_user(Role.STUDENT)
            make_reader("别的学生", school_class=own_class if who == "classmate" else other, account=account)
        case "keeper of another class":
            account = make_user(Role.STUDENT, Role.CLASS_KEEPER)
            make_reader("图书角的学生", school_class=other, account=account)
        case "teacher of another class" | "teacher without a class":
            account = make_user(Role.TEACHER)
            teacher = make_reader("别的老师", category="teacher", account=account)
            if who == "teacher of another class":
                ClassTeacher.objects.create(school_class=other, reader=teacher, since=date(2026, 9, 1))
        case _:
            account = make_user(Role(who))
    return account


def class_teacher(own_class: SchoolClass) -> Client:
    account = make_user(Role.TEACHER)
    teacher = make_reader("班主任", category="teacher", account=account)
    ClassTeacher.objects.create(school_class=own_class, reader=teacher, since=date(2026, 9, 1))
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


ARGUMENTS: dict[str, Any] = {
    "activity_id": rows.Activity,
    "badge_id": rows.Badge,
    "book_id": rows.DonatedBook,
    "challenge_id": rows.Challenge,
    "donation_id": rows.Donation,
    "entry_id": rows.Entry,
    "group_id": rows.ReadingGroup,
    "honour_id": rows.Honour,
    "judge_id": rows.Judge,
    "kind_id": rows.ActivityKind,
    "line_id": rows.AwardProposal,
    "message_id": rows.Message,
    "note_id": rows.ReadingNote,
    "question_id": rows.SurveyQuestion,
    "quiz_id": rows.Quiz,
    "registration_id": rows.ActivityRegistration,
    "request_id": rows.MaterialRequest,
    "result_id": rows.Result,
    "rule_id": rows.AwardRule,
    "run_id": rows.AwardRun,
    "stop_id": rows.DriftStop,
    "suggestion_id": rows.Suggestion,
    "survey_id": rows.Survey,
}


def addresses(pupil: Reader, own_class: SchoolClass) -> Iterator[tuple[str, str]]:
    """(name, address) of every page of activities about what the pupil has; of files, those of work and note."""
    known = {
        name: model.objects.order_by("pk").values_list("pk", flat=True).first() for name, model in ARGUMENTS.items()
    }
    drift = rows.DriftBook.objects.values_list("pk", flat=True).first()
    known |= {"class_id": own_class.pk, "reader_id": pupil.pk, "number": 1}
    for name, pattern in patterns():
        if name.split(":")[0] not in NAMESPACES:
            continue
        if "version" in pattern.pattern.converters:
            for file in rows.StoredFile.objects.order_by("pk"):
                yield name, reverse(name, kwargs={"file_id": file.pk, "version": file.version})
        else:
            own = known | ({"book_id": drift} if name.startswith("drift:") else {})
            yield name, _address(name, pattern, own)


def _address(name: str, pattern: URLPattern, known: dict[str, Any]) -> str:
    converters = {**pattern.pattern.converters}
    return reverse(name, kwargs={key: known.get(key) or sample(one) for key, one in converters.items()})


def shown_to(client: Client, pupil: Reader, own_class: SchoolClass) -> set[str]:
    """The pages that tell this browser the pupil's name, number or words, or send a picture of theirs."""
    telling = set()
    for name, address in addresses(pupil, own_class):
        answer = client.get(address)
        content = body_of(answer)
        is_picture = name.startswith("files:") and answer.status_code == 200
        if is_picture or any(word.encode() in content for word in (NAME, NUMBER, SECRET)):
            telling.add(name)
    return telling


def body_of(answer: Any) -> bytes:
    if answer.streaming:
        return b"".join(answer.streaming_content)
    return bytes(answer.content)


def everything_of(pupil: Reader) -> dict[str, list[Any]]:
    """The rows of activities that name the pupil, and the files."""
    found = {}
    for model in apps.get_app_config("activities").get_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        columns = [field.name for field in model._meta.local_fields if field.related_model is Reader]
        for column in columns:
            mine = model._default_manager.filter(**{column: pupil.pk}).order_by("pk").values_list()
            found[f"{model._meta.label}.{column}"] = list(mine)
    return {**found, "files": list(rows.StoredFile.objects.order_by("pk").values_list())}


@pytest.mark.parametrize("who", STRANGERS)
def test_stranger_sees_nothing_of_the_pupil_on_any_page(who, pupil, own_class):
    nameless = {name for name, (strangers, _why) in NAMELESS.items() if who in strangers}

    assert shown_to(stranger(who, own_class), pupil, own_class) - nameless == set()


@pytest.mark.parametrize("who", ["logged out", "classmate", "teacher of another class", "principal"])
def test_stranger_changes_nothing_of_the_pupil_by_any_address(who, pupil, own_class):
    client, before = stranger(who, own_class), everything_of(pupil)

    for _name, address in addresses(pupil, own_class):
        read_to_its_end(client.post(address, {"reader": pupil.pk, "pupil": pupil.pk, "text": "改了", "reason": "改了"}))

    assert everything_of(pupil) == before


def test_walk_sees_what_there_is_to_be_seen(pupil, own_class):
    """The librarian and the own class's teacher see much of it: the walk does meet what the pupil has."""
    librarian = Client()
    librarian.force_login(make_user(Role.LIBRARIAN), backend=BACKEND)

    of_librarian = shown_to(librarian, pupil, own_class)
    of_teacher = shown_to(class_teacher(own_class), pupil, own_class)

    assert {"activities:people", "consents:of_class", "honours:register", "suggestions:suggestion"} <= of_librarian
    assert {"consents:of_class", "honours:register", "files:file"} <= of_teacher <= of_librarian


def test_pupil_sees_the_own_words(pupil, own_class):
    client = Client()
    client.force_login(pupil.account, backend=BACKEND)

    assert {"board:board", "files:file"} <= shown_to(client, pupil, own_class)


def test_every_argument_of_a_page_of_activities_names_something_of_the_pupil():
    """An address with an argument that the walk does not know would prove nothing."""
    known = {*ARGUMENTS, "class_id", "reader_id", "number", "file_id", "version"}
    others = {"act", "news_id", "list_id", "item_id", "quota_id", "session_id", "meeting_id"}  # name no pupil
    asked = {
        key for name, pattern in patterns() if name.split(":")[0] in NAMESPACES for key in pattern.pattern.converters
    }
    assert asked <= known | others
    assert {name.split(":")[0] for name in ACCESS if ":" in name} >= NAMESPACES - {"reading"}
