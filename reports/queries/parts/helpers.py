"""Helpers and class keepers, by class and number; their names stand on the page of the helpers."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from circulation.queries.helper_acts import acts_of
from readers.models import Appointment, Semester
from readers.queries.classes import classes_on
from readers.queries.commendation import commendations
from readers.queries.helpers import HelperRow, helper_rows, training_items
from reports.queries.parts.frame import Frame
from reports.rules.numbers import written
from reports.rules.papers import Block, Cell, Grid, Sentence, joined

Kind = Appointment.Kind


def helpers(semester: Semester, frame: Frame) -> list[Block]:
    """How many serve, what they did, how many are commended, and how many each class has."""
    rows = helper_rows(semester, frame.reference)
    if not rows:
        return []
    acts = acts_of([row.reader for row in rows], semester.starts_on, frame.until)
    judged = commendations(semester, rows, acts, frame.reference)
    kinds = Counter(row.appointment.kind for row in rows)
    words = [
        _("%(helpers)s student helpers and %(keepers)s class keepers serve in this semester.")
        % {"helpers": kinds[Kind.HELPER], "keepers": kinds[Kind.CLASS_KEEPER]},
        _("Their service comes to %(hours)s hours, with %(acts)s lendings, returns and renewals at the desk.")
        % {
            "hours": written(sum(row.minutes for row in judged) // 60, whole=True),
            "acts": written(sum(acts.values()), whole=True),
        },
    ]
    if commended := len({row.helper.reader.pk for row in judged if row.is_commended}):
        words.append(_("%(count)s of them are commended.") % {"count": commended})
    if items := training_items():
        words.append(_("They are taught: %(items)s.") % {"items": _(", ").join(item.name for item in items)})
    return [Sentence(joined(*words)), _by_class(semester, rows, frame)]


def _by_class(semester: Semester, rows: Sequence[HelperRow], frame: Frame) -> Grid:
    counts = Counter((row.appointment.school_class_id, row.appointment.kind) for row in rows)
    lines: list[list[Cell]] = [
        [row.name, counts[row.pk, Kind.HELPER], counts[row.pk, Kind.CLASS_KEEPER]]
        for row in classes_on(frame.reference, semester.starts_on)
        if counts[row.pk, Kind.HELPER] or counts[row.pk, Kind.CLASS_KEEPER]
    ]
    kinds = Counter(row.appointment.kind for row in rows)
    lines.append([_("Total"), kinds[Kind.HELPER], kinds[Kind.CLASS_KEEPER]])
    head = [_("Class"), _("Student helpers"), _("Class keepers")]
    return Grid(head, lines, _("Helpers by class"), (3, 2, 2), total=True)
