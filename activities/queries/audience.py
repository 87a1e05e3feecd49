"""The classes that something is for, and its audience in words."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from activities.models import Audience
from activities.models.audience import ForGrades
from activities.rules.audience import grades_match, in_audience
from library_site.models.school import Stage
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import NamedClass, class_names_on, classes_on, grade_names


def classes_meant(row: ForGrades, reference: Reference, day: date) -> list[NamedClass]:
    """The classes of the day that are in the grades of a booklist, challenge, survey or amount. No statement."""
    return [school_class for school_class in classes_on(reference, day) if grades_match(row, school_class)]


def classes_invited(audiences: Iterable[Audience], reference: Reference, day: date) -> list[NamedClass]:
    """The classes of the day whose pupils an activity is for. No statement."""
    rows, student = list(audiences), Reader.Category.STUDENT
    classes = classes_on(reference, day)
    return [one for one in classes if in_audience(rows, category=student, school_class=one)]


def grades_text(row: ForGrades, reference: Reference) -> str:
    """The grades of a row in words; empty for the whole school."""
    if not row.stage:
        return ""
    if row.from_position is None:
        return str(Stage(row.stage).label)
    names = grade_names(reference)
    first, last = (
        _("Grade %(grade)s") % {"grade": names.get((row.stage, place or 0), place)}
        for place in (row.from_position, row.to_position)
    )
    if row.from_position == row.to_position:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def audience_text(audiences: Iterable[Audience], reference: Reference, day: date) -> str:
    """Whom an activity is for, in words."""
    rows = sorted(audiences, key=lambda row: (row.category != Reader.Category.STUDENT, row.pk))
    names = class_names_on(reference, day)
    return _(", ").join(dict.fromkeys(_text(row, reference, names) for row in rows)) or _("the whole school")


def _text(row: Audience, reference: Reference, names: dict[int, str]) -> str:
    if row.school_class_id:
        return names.get(row.school_class_id, "")
    if row.category == Reader.Category.STUDENT:
        return grades_text(row, reference) or _("all pupils")
    return str(Reader.Category(row.category).label)
