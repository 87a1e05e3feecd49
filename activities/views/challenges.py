"""Reading challenges as readers see them: the list, the board of the classes, a class's pupils, its sheet of stamps."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.models import Challenge
from activities.operations.challenges import give_badges
from activities.queries.audience import classes_meant, grades_text
from activities.queries.challenges import (
    MOST_SHOWN,
    OwnChallenge,
    challenges,
    class_board,
    counted_until,
    own_challenges,
    pupil_lines,
    shown_challenges,
    top_pupils,
)
from activities.queries.pupils import class_pupils
from activities.queries.settings import activity_options
from activities.rules.challenges import is_of_classes, steps
from library_site.access import Scope, scope_of
from library_site.http import SchoolRequest
from library_site.models import Role
from readers.models import ClassMembership, Reader
from readers.queries.classes import NamedClass, classes_on
from readers.queries.scope import classes_within
from readers.views.scope import require_class

# A sheet has so many fields to stamp in a row, and so many in all.
MOST_STAMPS = 50


@require_safe
def challenge_list(request: SchoolRequest) -> HttpResponse:
    """Pupils see their own with progress, others the list; the librarian also what is not shown yet."""
    today = timezone.localdate()
    is_librarian = request.user.has_role(Role.LIBRARIAN)
    context: dict[str, Any] = {"today": today, "may_write": is_librarian}
    pupil, school_class = _own_pupil(request, today)
    if pupil is not None:
        context["own"] = _own(request, pupil, school_class)
    else:
        rows = (challenges() if is_librarian else shown_challenges())[:MOST_SHOWN]
        context["lines"] = [(row, grades_text(row, request.reference)) for row in rows]
    return render(request, "activities/challenges/list.html", context)


@require_safe
def challenge(request: SchoolRequest, challenge_id: int) -> HttpResponse:
    """A challenge with the board of the classes; own progress for pupils, the own class's page for its teacher."""
    row, today = _seen(request, challenge_id), timezone.localdate()
    if is_of_classes(row):
        give_badges(challenge=row, reference=request.reference, at=timezone.now())
    pupil, school_class = _own_pupil(request, today)
    own = _own(request, pupil, school_class) if pupil else []
    ranks = activity_options(request.reference).ranks_pupils and not is_of_classes(row) and row.starts_on <= today
    context = {
        "challenge": row,
        "whom": grades_text(row, request.reference),
        "own": next((one for one in own if one.challenge.pk == row.pk), None),
        "own_class": school_class.pk if school_class else None,
        "lines": class_board(row, request.reference, today) if row.starts_on <= today else [],
        "first": top_pupils(row, request.reference, today) if ranks else [],
        "reached": _classes_reached(request, today),
        "of_classes": is_of_classes(row),
        "may_write": request.user.has_role(Role.LIBRARIAN),
        "today": today,
    }
    return render(request, "activities/challenges/challenge.html", context)


@require_safe
def of_class(request: SchoolRequest, challenge_id: int, class_id: int) -> HttpResponse:
    """How far the pupils of a class are, by school number; for its class teacher and the librarian."""
    row, school_class = _of_class(request, challenge_id, class_id)
    if not is_of_classes(row):
        give_badges(challenge=row, reference=request.reference, at=timezone.now(), class_ids=[class_id])
    lines = pupil_lines(row, class_id, timezone.localdate())
    context = {"challenge": row, "school_class": school_class, "lines": lines, "of_classes": is_of_classes(row)}
    return render(request, "activities/challenges/class.html", context)


@require_safe
def sheet(request: SchoolRequest, challenge_id: int, class_id: int) -> HttpResponse:
    """A sheet for the classroom: a field for each book or note, to be stamped by hand; nothing is filled in."""
    row, school_class = _of_class(request, challenge_id, class_id)
    context = {
        "challenge": row,
        "school_class": school_class,
        "pupils": class_pupils(class_id, counted_until(row, timezone.localdate())),
        "stamps": range(1, min(steps(row), MOST_STAMPS) + 1),
    }
    return render(request, "activities/challenges/sheet.html", context)


def _seen(request: SchoolRequest, challenge_id: int) -> Challenge:
    rows = challenges() if request.user.has_role(Role.LIBRARIAN) else shown_challenges()
    return get_object_or_404(rows, pk=challenge_id)


def _of_class(request: SchoolRequest, challenge_id: int, class_id: int) -> tuple[Challenge, NamedClass]:
    require_class(request, class_id)
    row = _seen(request, challenge_id)
    classes = classes_meant(row, request.reference, counted_until(row, timezone.localdate()))
    school_class = next((one for one in classes if one.pk == class_id), None)
    if school_class is None:
        raise Http404
    return row, school_class


def _own_pupil(request: SchoolRequest, today: date) -> tuple[Reader | None, NamedClass | None]:
    """The pupil whose account this is, with the class; nobody for accounts of grown-ups."""
    rows = ClassMembership.objects.filter(until=None, reader__account=request.user).select_related("reader")
    member = rows.filter(reader__category=Reader.Category.STUDENT).first()
    if member is None:
        return None, None
    classes = classes_on(request.reference, today)
    return member.reader, next((row for row in classes if row.pk == member.school_class_id), None)


def _own(request: SchoolRequest, pupil: Reader, school_class: NamedClass | None) -> list[OwnChallenge]:
    """Badges that the pupil has earned since the last count are there when the pupil looks."""
    rows = own_challenges(pupil.pk, school_class)
    earned = [one for one in rows if one.progress is not None and one.progress.reached_on and one.badge is None]
    if not earned or school_class is None:
        return rows
    for one in earned:
        give_badges(
            challenge=one.challenge, reference=request.reference, at=timezone.now(), class_ids=[school_class.pk]
        )
    return own_challenges(pupil.pk, school_class)


def _classes_reached(request: SchoolRequest, today: date) -> frozenset[int] | None:
    """The classes whose pupils this person may see; None for all of them."""
    scope = scope_of("challenges:class", frozenset(request.user.roles))
    return None if scope is Scope.SCHOOL else classes_within(scope, request.user, today)
