"""One pupil moves to another class, from a day on (转班)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import ClassMembership, Reader


def move_class(
    *, reader_id: int, class_id: int, since: date, today: date, by: User | None, address: str | None = None
) -> ClassMembership:
    """The pupil is in the class from `since` on; until then in the old one. Loans keep the class of their day.

    A move on the very day on which the present class began corrects that entry. Refused for somebody who is no
    pupil or has left, for the class they are in, for a day to come and for one before the present class began.
    """
    with act("move_class", by=by, address=address):
        reader = Reader.objects.select_for_update(of=("self",), no_key=True).get(pk=reader_id)
        current = ClassMembership.objects.filter(reader=reader, until=None).first()
        if problems := _problems(reader, current, class_id, since, today):
            raise Refused(problems)
        if current and current.since == since:
            current.school_class_id = class_id
            current.save(update_fields=["school_class"])
            return current
        if current:
            current.until = since
            current.save(update_fields=["until"])
        return ClassMembership.objects.create(reader=reader, school_class_id=class_id, since=since)


def _problems(
    reader: Reader, current: ClassMembership | None, class_id: int, since: date, today: date
) -> list[Problem]:
    problems = []
    if reader.category != Reader.Category.STUDENT:
        problems.append(Problem("not_a_pupil", _("Only pupils are in a class.")))
    if reader.status != Reader.Status.ACTIVE:
        problems.append(Problem("has_left", _("Has left the school")))
    if current and current.school_class_id == class_id:
        problems.append(Problem("same_class", _("The pupil is in this class already."), field="school_class"))
    if since > today:
        problems.append(Problem("day_to_come", _("This day is yet to come: enter the move on the day."), field="since"))
    latest = ClassMembership.objects.filter(reader=reader).order_by("-since").first()
    if latest and since < max(latest.since, latest.until or latest.since):
        message = _("The present class began on %(day)s: the move cannot be earlier.")
        problems.append(Problem("before_class", message % {"day": latest.until or latest.since}, field="since"))
    return problems
