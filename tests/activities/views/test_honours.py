"""The register of honours and certificates: who sees what, narrowed, printed, taken back."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import ActivityOptions, Badge, Honour
from library_site.models import Role
from readers.models import ClassTeacher
from tests.factories.challenges import make_challenge
from tests.factories.honours import DAY, make_honour
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
REGISTER, CERTIFICATES = reverse("honours:register"), reverse("certificates:print")


@pytest.fixture(autouse=True)
def it_is_november(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))


@pytest.fixture(autouse=True)
def school():
    make_school()
    make_school_year()


def client_of(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def librarian():
    return client_of(make_user(Role.LIBRARIAN))


def pupil(name, school_class):
    reader = make_reader(name, school_class=school_class)
    return {"name": name, "reader_id": reader.pk, "school_class_id": school_class.pk, "class_name": "三(1)班"}


def class_teacher(school_class):
    account = make_user(Role.TEACHER)
    me = make_reader(category="teacher", account=account)
    ClassTeacher.objects.create(reader=me, school_class=school_class, since=date(2020, 9, 1))
    return client_of(account)


def names(answer):
    return [row.name for row in answer.context["page"]]


def test_register_is_narrowed_by_year_level_class_and_words(librarian):
    make_honour(**pupil("张三", make_class()), work="我的一天")
    make_honour("李四", level="city")
    make_honour("王五", awarded_on=date(2025, 5, 1))
    assert names(librarian.get(REGISTER)) == ["李四", "张三", "王五"]
    assert names(librarian.get(REGISTER, {"year": "2026"})) == ["李四", "张三"]
    assert names(librarian.get(REGISTER, {"level": "city"})) == ["李四"]
    assert names(librarian.get(REGISTER, {"class": make_class().pk})) == ["张三"]
    assert names(librarian.get(REGISTER, {"q": "一天 一等"})) == ["张三"]
    assert librarian.get(REGISTER, {"year": "1999"}).status_code == 404


def test_register_takes_as_many_statements_for_one_row_as_for_three(librarian):
    make_honour(**pupil("张三", make_class()))
    librarian.get(REGISTER)
    with CaptureQueriesContext(
        connection,
    ) as one:
        librarian.get(REGISTER)
    for name in ("李四", "王五"):
        make_honour(**pupil(name, make_class()))
    with CaptureQueriesContext(connection) as three:
        librarian.get(REGISTER)
    assert len(one) == len(three)


def test_class_teacher_sees_and_prints_the_own_class_only():
    own, other = make_class(), make_class(2023)
    mine, theirs = make_honour(**pupil("张三", own)), make_honour(**pupil("李四", other))
    teacher = class_teacher(own)
    assert names(teacher.get(REGISTER)) == ["张三"]
    printed = teacher.get(CERTIFICATES, {"honours": f"{mine.pk},{theirs.pk}"})
    assert [row.honour.name for row in printed.context["certificates"]] == ["张三"]
    assert teacher.get(CERTIFICATES, {"honours": theirs.pk, "class": other.pk}).context["certificates"] == []
    assert teacher.get(reverse("honours:correct", args=[mine.pk])).status_code == 403


def test_export_holds_every_line_and_is_recorded(librarian):
    make_honour("张三")
    answer = librarian.get(reverse("honours:export"))
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.values)
    assert len(rows) == 2
    assert "张三" in rows[1] and "2026-0001" in rows[1]


def test_taking_back_asks_for_a_reason_and_strikes_the_line(librarian):
    honour = make_honour("张三")
    revoke = reverse("honours:revoke", args=[honour.pk])
    assert librarian.post(revoke, {"reason": ""}).headers["Location"] == reverse("honours:correct", args=[honour.pk])
    assert librarian.post(revoke, {"reason": "评错"}).headers["Location"] == REGISTER
    page = librarian.get(REGISTER).content.decode()
    assert "is-revoked" in page and "评错" in page
    assert librarian.get(reverse("honours:correct", args=[honour.pk])).status_code == 404


def test_correcting_saves_words(librarian):
    honour = make_honour("张三")
    form = {"awarded_on": "2026-11-18", "level": "school", "occasion": "读书月", "award": "二等奖", "name": "张三丰"}
    assert librarian.post(reverse("honours:correct", args=[honour.pk]), form).status_code == 302
    honour.refresh_from_db()
    assert (honour.name, honour.award, honour.awarded_on) == ("张三丰", "二等奖", date(2026, 11, 18))
    assert librarian.post(reverse("honours:correct", args=[honour.pk]), form | {"award": ""}).status_code == 422


def test_certificates_say_name_work_award_number_and_signer(librarian):
    ActivityOptions.objects.create(pk=1, certificate_signer="校长 王芳")
    honour = make_honour(**pupil("张三", make_class()), work="我的一天", teacher="刘老师")
    page = librarian.get(CERTIFICATES, {"honours": honour.pk}).content.decode()
    for words in ("三(1)班", "张三", "作品《我的一天》在“2026年读书节”中荣获", "一等奖", "编号：2026-0001",
                  "校长 王芳", "刘老师", "2026年11月20日"):  # fmt: skip
        assert words in page


def test_certificates_quote_an_occasion_that_has_quotes_of_its_own(librarian):
    honour = make_honour(occasion="“书香”征文")
    assert "在“‘书香’征文”中" in librarian.get(CERTIFICATES, {"honours": honour.pk}).content.decode()


def test_certificates_address_classes_and_teachers_in_their_own_way(librarian):
    teacher = make_reader("王芳", category="teacher")
    ids = [
        make_honour("三(1)班", school_class_id=make_class().pk).pk,
        make_honour("王芳", reader_id=teacher.pk).pk,
    ]
    answer = librarian.get(CERTIFICATES, {"honours": ",".join(map(str, ids))})
    assert [row.whom for row in answer.context["certificates"]] == ["class", "teacher"]
    assert "王芳</span> 老师" in answer.content.decode()


def test_certificates_leave_out_what_was_taken_back_and_what_others_gave(librarian):
    honour, outside = make_honour(), make_honour(level="city")
    Honour.objects.filter(pk=honour.pk).update(revoked_on=date(2026, 11, 20), reason="评错")
    answer = librarian.get(CERTIFICATES, {"honours": f"{honour.pk},{outside.pk}"})
    assert answer.context["certificates"] == []


def test_certificates_on_printed_paper_leave_frame_and_heading_out(librarian):
    address = {"honours": make_honour().pk}
    assert "certificates-on-frame" not in librarian.get(CERTIFICATES, address).content.decode()
    assert "certificates-on-frame" in librarian.get(CERTIFICATES, address | {"paper": "frame"}).content.decode()


@pytest.mark.parametrize("asked", [{"honours": "x"}, {"activity": "-1"}, {"run": "1" * 12}, {"class": "a"}])
def test_certificates_of_what_is_no_number_do_not_exist(librarian, asked):
    assert librarian.get(CERTIFICATES, asked).status_code == 404


def test_prizes_are_entered_from_a_list_and_doubtful_lines_are_shown_first(librarian):
    make_reader("张三", school_class=make_class())
    form = {"occasion": "市读书节", "awarded_on": "2026-11-18", "level": "city", "award": "一等奖",
            "winners": "三(1)班 张三\n三(1)班 李四"}  # fmt: skip
    answer = librarian.post(reverse("honours:enter"), form)
    assert answer.status_code == 422
    assert [row.state for row in answer.context["rows"]] == ["found", "unknown"]
    assert not Honour.objects.exists()
    assert librarian.post(reverse("honours:enter"), form | {"as_written": "on"}).headers["Location"] == REGISTER
    assert names(librarian.get(REGISTER)) == ["李四", "张三"]


@pytest.mark.parametrize(("field", "value"), [("awarded_on", "2026-12-01"), ("occasion", ""), ("winners", " ")])
def test_prizes_without_what_they_need_are_refused_at_the_field(librarian, field, value):
    form = {"occasion": "市读书节", "awarded_on": "2026-11-18", "level": "city", "winners": "张三", field: value}
    answer = librarian.post(reverse("honours:enter"), form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_principal_reads_the_register_with_pupils_names_shortened_and_finds_nobody_by_name():
    teacher = make_reader("王芳芳", category="teacher")
    make_honour(**pupil("张三丰", make_class()))
    make_honour("李四光", class_name="三(2)班")
    make_honour("三(1)班", school_class_id=make_class().pk)
    make_honour("王芳芳", reader_id=teacher.pk)
    for roles in ([Role.PRINCIPAL], [Role.PRINCIPAL, Role.TEACHER]):
        principal = client_of(make_user(*roles))
        shown = [name for _row, name in principal.get(REGISTER).context["lines"]]
        assert shown == ["王芳芳", "三(1)班", "李**", "张**"]
        assert names(principal.get(REGISTER, {"q": "张三丰"})) == []
        assert len(names(principal.get(REGISTER, {"q": "读书节"}))) == 4
    only = client_of(make_user(Role.PRINCIPAL))
    assert only.get(reverse("honours:export")).status_code == 403
    assert only.get(CERTIFICATES).status_code == 403


def test_everybody_sees_own_honours_and_nobody_elses():
    own = make_class()
    account = make_user(Role.STUDENT)
    me = make_reader("张三", school_class=own, account=account)
    mine = make_honour("张三", reader_id=me.pk)
    gone = make_honour("张三", reader_id=me.pk, award="二等奖")
    Honour.objects.filter(pk=gone.pk).update(revoked_on=date(2026, 11, 20), reason="评错")
    make_honour(**pupil("李四", own))
    Badge.objects.create(challenge=make_challenge(), reader=me, school_class=own, is_class=False, reached_on=DAY)
    answer = client_of(account).get(reverse("honours:own"))
    assert list(answer.context["honours"]) == [mine]
    assert len(answer.context["badges"]) == 1
    assert client_of(account).get(REGISTER).status_code == 403


def test_certificates_of_many_are_printed_class_by_class(librarian):
    activity_ids = [
        make_honour(**pupil(name, make_class(2024, number))).pk for name, number in (("张三", 1), ("李四", 2))
    ]
    address = {"honours": ",".join(map(str, activity_ids))}
    answer = librarian.get(CERTIFICATES, address)
    assert [row.name for row in answer.context["classes"]] == ["三(1)班", "三(2)班"]
    answer = librarian.get(CERTIFICATES, address | {"class": make_class(2024, 2).pk})
    assert [row.honour.name for row in answer.context["certificates"]] == ["李四"]
