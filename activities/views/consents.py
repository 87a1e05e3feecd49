"""Consents of guardians, class by class; the class teacher for the own one."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from activities.forms.consents import ConsentForm
from activities.models import Consent
from activities.operations.consents import record_consents
from activities.queries.consents import agreed_to, consents_by_class
from activities.queries.pupils import class_pupils
from circulation.views.corners import class_reached, own_classes
from library_site.http import SchoolRequest
from readers.models import Reader
from readers.views.told import address_of

KINDS = list(Consent.What)


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """The classes within reach with how many pupils agreed to what; never who."""
    counted = consents_by_class(timezone.localdate())
    rows = [(row, counted[row.pk][""], _counts(counted[row.pk])) for row in own_classes(request) if row.pk in counted]
    return render(request, "activities/consents/overview.html", {"rows": rows, "kinds": KINDS})


@require_http_methods(["GET", "HEAD", "POST"])
def of_class(request: SchoolRequest, class_id: int) -> HttpResponse:
    """The pupils of a class with a box for each thing that may be agreed to."""
    today = timezone.localdate()
    school_class = class_reached(request, class_id)
    pupils = class_pupils(class_id, today)
    form = ConsentForm(request.POST or None, initial={"given_on": today}, readers=[row.pk for row in pupils])
    if form.is_bound and form.is_valid():
        _record(request, form, today)
        return redirect("consents:of_class", class_id)
    context = {"school_class": school_class, "form": form, "kinds": KINDS, "rows": _rows(pupils, form, today)}
    return render(request, "activities/consents/of_class.html", context, status=422 if form.errors else 200)


@require_safe
def paper(request: SchoolRequest, class_id: int) -> HttpResponse:
    """The form to hand out to parents, two on a page: with the names of the class, or `?blank=1` without."""
    school_class = class_reached(request, class_id)
    blank = "blank" in request.GET
    pupils: list[Reader | None] = [None, None] if blank else [*class_pupils(class_id, timezone.localdate())]
    context = {"school_class": school_class, "pupils": pupils, "blank": blank, "kinds": KINDS}
    return render(request, "activities/consents/paper.html", context)


def _record(request: SchoolRequest, form: ConsentForm, today: date) -> None:
    ticked, was = form.pairs("ticked"), form.pairs("was")
    changed = record_consents(
        given=ticked - was,
        withdrawn=was - ticked,
        given_on=form.cleaned_data["given_on"],
        today=today,
        note=form.cleaned_data["note"],
        by=request.user,
        address=address_of(request),
    )
    text = ngettext("%(count)d consent changed.", "%(count)d consents changed.", changed) % {"count": changed}
    messages.success(request, text)


def _counts(counted: dict[str, int]) -> list[int]:
    return [counted[kind.value] for kind in KINDS]


Box = tuple[Consent.What, str, bool, bool]  # what, the value sent, in force, ticked


def _rows(pupils: list[Reader], form: ConsentForm, today: date) -> list[tuple[Reader, list[Box]]]:
    """Each pupil with the boxes: what was sent with a mistake elsewhere stays ticked."""
    held = agreed_to([row.pk for row in pupils], today)
    sent = set(form.data.getlist("ticked")) if form.is_bound else None  # type: ignore[attr-defined]
    return [(row, [_box(row.pk, kind, held, sent) for kind in KINDS]) for row in pupils]


def _box(reader_id: int, kind: Consent.What, held: set[tuple[int, str]], sent: set[str] | None) -> Box:
    value, now = f"{reader_id}-{kind.value}", (reader_id, kind.value) in held
    return kind, value, now, now if sent is None else value in sent
