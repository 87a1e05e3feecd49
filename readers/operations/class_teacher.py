"""Who leads a class changes, from a day on (班主任)."""

from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import ClassTeacher, Reader, SchoolClass


def appoint_class_teacher(
    *, class_id: int, reader_id: int | None, since: date, by: User | None, address: str | None = None
) -> ClassTeacher | None:
    """The class is led by this teacher from `since` on; by nobody with `reader_id=None`.

    A change on the very day on which the present one began corrects that entry. Refused for somebody who is neither
    teacher nor staff or has left, and for a day before the present one began.
    """
    try:
        with act("appoint_class_teacher", by=by, address=address):
            reader = Reader.objects.select_for_update(no_key=True).get(pk=reader_id) if reader_id else None
            SchoolClass.objects.select_for_update(no_key=True).get(pk=class_id)
            return _appoint(class_id, reader, since)
    except IntegrityError as error:
        raise Refused([Problem("teacher_changed", _("Somebody else has just changed this."))]) from error


def _appoint(class_id: int, reader: Reader | None, since: date) -> ClassTeacher | None:
    current = ClassTeacher.objects.filter(school_class_id=class_id, until=None).first()
    if problems := _problems(class_id, reader, current, since):
        raise Refused(problems)
    if current and reader and current.since == since:
        current.reader = reader
        current.save(update_fields=["reader"])
        return current
    if current:
        current.until = since
        current.save(update_fields=["until"])
    return ClassTeacher.objects.create(school_class_id=class_id, reader=reader, since=since) if reader else None


def _problems(class_id: int, reader: Reader | None, current: ClassTeacher | None, since: date) -> list[Problem]:
    problems = []
    if reader and reader.category not in (Reader.Category.TEACHER, Reader.Category.STAFF):
        problems.append(Problem("not_a_teacher", _("Only a teacher can lead a class."), field="teacher"))
    if reader and reader.status != Reader.Status.ACTIVE:
        problems.append(Problem("has_left", _("Has left the school"), field="teacher"))
    if (current.reader_id if current else None) == (reader.pk if reader else None):
        problems.append(Problem("same_teacher", _("This is how it is already."), field="teacher"))
    latest = ClassTeacher.objects.filter(school_class_id=class_id).order_by("-since").first()
    if latest and since < (latest.until or latest.since):
        message = _("The present entry began on %(day)s: the change cannot be earlier.")
        problems.append(Problem("before_present", message % {"day": latest.until or latest.since}, field="since"))
    return problems
