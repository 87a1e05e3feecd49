"""Planning reading challenges: new ones, changes, showing them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from activities.forms.challenges import ChallengeForm, initial_of
from activities.models import Challenge
from activities.operations.challenges import drop_challenge, save_challenge, show_challenge
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.queries.classes import grade_names
from readers.views.told import done_or_told


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """Plans a challenge."""
    return _edited(request, Challenge())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, challenge_id: int) -> HttpResponse:
    """Changes a challenge; its goal only until badges were given."""
    return _edited(request, get_object_or_404(Challenge, pk=challenge_id))


@require_POST
def show(request: SchoolRequest, challenge_id: int) -> HttpResponse:
    """Shows a challenge, or takes it off."""
    row, is_shown = get_object_or_404(Challenge, pk=challenge_id), request.POST.get("shown") == "yes"
    show_challenge(challenge_id=row.pk, is_shown=is_shown, by=request.user, at=timezone.now())
    messages.success(request, _("Readers see the challenge now.") if is_shown else _("The challenge is off the page."))
    return redirect("challenges:challenge", row.pk)


@require_POST
def drop(request: SchoolRequest, challenge_id: int) -> HttpResponse:
    """Takes a challenge without badges away."""
    row = get_object_or_404(Challenge, pk=challenge_id)
    if not done_or_told(request, lambda: drop_challenge(challenge_id=row.pk, by=request.user)):
        return redirect("challenges:challenge", row.pk)
    messages.success(request, _("Removed."))
    return redirect("challenges:list")


def _edited(request: SchoolRequest, row: Challenge) -> HttpResponse:
    grades = grade_names(request.reference)
    form = ChallengeForm(request.POST or None, grades=grades, initial=initial_of(row))
    if form.is_bound and form.is_valid():
        try:
            row = save_challenge(challenge=row, values=form.values(), by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("challenges:challenge", row.pk)
    context = {"form": form, "challenge": row}
    return render(request, "activities/challenges/edit.html", context, status=422 if form.errors else 200)
