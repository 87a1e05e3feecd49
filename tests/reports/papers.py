"""A school with something in every part of its papers."""

from datetime import date, datetime, time

from django.utils import timezone

from activities.models import Honour
from catalog.models import Batch
from circulation.models import Visit
from readers.models import (
    Appointment,
    DevelopmentRecord,
    LeadingGroupMember,
    Meeting,
    Regulation,
    RegulationStudy,
    RegulationVersion,
    Semester,
)
from reports.models import Standard, StandardRow
from tests.factories.activities import make_activity, make_kind
from tests.factories.booklists import make_list
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan, make_opening_hours
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.reports import make_aim, make_care, make_item, make_plan
from tests.factories.site import make_user

PUPIL = "赵小明"
DAY = date(2026, 10, 8)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def make_semester() -> Semester:
    """That from September 2026, and the one before it."""
    make_school_year(2025)
    make_school_year(2026)
    make_opening_hours()
    return Semester.objects.get(starts_on=date(2026, 9, 1))


def fill(semester: Semester) -> None:
    """One of everything, on one day in October."""
    school_class = make_class()
    pupil = make_reader(PUPIL, school_class=school_class)
    make_reader(school_class=school_class)
    batch = Batch.objects.create(name="2026年秋季", received_on=DAY, supplier="新华书店")
    title = make_title("草房子", clc_number="I287.45", main_class="I")
    copy = make_copy(title=title, location=make_location(), batch=batch, acquired_on=DAY, price="28.00")
    make_loan(copy=copy, reader=pupil, school_class=school_class, lent_at=noon(DAY), due_on=date(2026, 10, 22))
    Visit.objects.create(
        kind=Visit.Kind.CARD, reader=pupil, school_class=school_class, heads=1, at=noon(DAY), by=make_user()
    )
    Appointment.objects.create(
        semester=semester, reader=pupil, kind="helper", school_class=school_class, appointed_on=DAY
    )
    fill_governance(school_class)
    plan = make_plan(semester, guiding_idea="以读书促成长")
    make_aim(plan, "生均借书2册", figure="books_per_student", target=2)
    make_item(plan, date(2026, 10, 1), "新书上架", person="李老师")
    make_care("fire", on=DAY, found="灭火器在有效期内")
    make_activity("朗诵会", kind=make_kind(name="朗诵比赛"), starts_on=DAY, ends_on=DAY, took_part=40)
    Honour.objects.create(awarded_on=DAY, occasion="朗诵会", award="一等奖", name=PUPIL, reader=pupil)
    make_list("三年级书目", published_at=noon(DAY))
    standard = Standard.objects.create(name="区标准", school_type="primary", applies=True)
    StandardRow.objects.create(standard=standard, measure="copies_held", value=40)


def fill_governance(school_class) -> None:
    """The leading group, a rule that a class studied, a meeting, a line of development."""
    LeadingGroupMember.objects.create(name="王校长", post="副校长", is_in_charge=True, since=date(2025, 9, 1))
    rule = Regulation.objects.create(title="借阅制度")
    RegulationVersion.objects.create(
        regulation=rule, version=1, text="爱护图书。", valid_from=date(2025, 9, 1), by=make_user()
    )
    RegulationStudy.objects.create(regulation=rule, school_class=school_class, on=DAY)
    Meeting.objects.create(kind="other", title="新学期工作会", held_on=DAY, minutes="布置新书上架。")
    DevelopmentRecord.objects.create(kind="training", on=DAY, person="李老师", title="分类编目培训")
