"""Kinds of activities, and the options of activities."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activities.forms.settings import ActivityOptionsForm, KindForm
from activities.models import ActivityKind
from activities.operations.settings import change_activity_options, move_kind_up, save_kind
from activities.queries.settings import activity_kinds, activity_options
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.views.told import address_of


@require_http_methods(["GET", "HEAD", "POST"])
def kinds(request: SchoolRequest) -> HttpResponse:
    """The kinds in their order, and a new one."""
    form = KindForm(request.POST or None)
    if _saved(request, form, None):
        return redirect("activities:kinds")
    context = {"form": form, "kinds": activity_kinds(request.reference)}
    return render(request, "activities/activities/kinds.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: SchoolRequest, kind_id: int) -> HttpResponse:
    """One kind, changed."""
    row = get_object_or_404(ActivityKind, pk=kind_id)
    initial = {"name": row.name, "shape": row.shape, "is_retired": row.is_retired}
    form = KindForm(request.POST or None, initial=initial)
    if _saved(request, form, row.pk):
        return redirect("activities:kinds")
    context = {"form": form, "row": row}
    return render(request, "activities/activities/kind.html", context, status=422 if form.is_bound else 200)


def _saved(request: SchoolRequest, form: KindForm, kind_id: int | None) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    try:
        save_kind(kind_id=kind_id, **form.cleaned_data, by=request.user, address=address_of(request))
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    messages.success(request, _("Saved."))
    return True


@require_POST
def kind_up(request: SchoolRequest, kind_id: int) -> HttpResponse:
    """The kind changes places with the one before."""
    get_object_or_404(ActivityKind, pk=kind_id)
    move_kind_up(kind_id=kind_id, by=request.user, address=address_of(request))
    return redirect("activities:kinds")


@require_http_methods(["GET", "HEAD", "POST"])
def options(request: SchoolRequest) -> HttpResponse:
    """The options, shown and changed."""
    now = activity_options(request.reference)
    initial = {name: getattr(now, name) for name in ActivityOptionsForm.base_fields}
    form = ActivityOptionsForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        change_activity_options(values=form.cleaned_data, by=request.user, address=address_of(request))
        messages.success(request, _("Saved."))
        return redirect("reading:options")
    return render(request, "activities/reading/options.html", {"form": form}, status=422 if form.errors else 200)
