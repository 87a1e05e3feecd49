"""The demo's school is measured by the national standard and by one of its district, and counts its newspapers."""

from datetime import date
from decimal import Decimal

from readers.models import Semester
from reports.models import EnteredFigure, Standard, StandardRow

# Invented, like the district. (measure, subject, sense, value)
OF_THE_DISTRICT = (
    ("holdings_per_student", "", "least", "20"),
    ("share", "I+J", "most", "60"),
    ("share", "N-X", "least", "20"),
    ("copies_of_title", "", "most", "5"),
    ("periodical_titles", "", "least", "40"),
)


def write_standards(today: date, *, by: int) -> None:
    Standard.objects.filter(code="cn2018-primary").update(applies=True)
    own = Standard.objects.create(
        name="云溪区小学图书馆建设要求（演示）", region="云溪区", school_type=Standard.SchoolType.PRIMARY,
        source="演示数据", applies=True,
    )  # fmt: skip
    StandardRow.objects.bulk_create(
        StandardRow(standard=own, measure=measure, subject=subject, sense=sense, value=Decimal(value))
        for measure, subject, sense, value in OF_THE_DISTRICT
    )
    semester = Semester.objects.filter(starts_on__lte=today).order_by("-starts_on").first()
    if semester is not None:
        EnteredFigure.objects.create(
            semester=semester, figure="periodical_titles", value=48, note="按本学年报刊订阅清单", by_id=by
        )
