"""From scores to prizes: the ranking, the prizes and their places, ties by hand, prizes without works, publication."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.forms.judging import GiveForm, PrizesForm, ReasonForm
from activities.models import Result
from activities.operations.results import (
    Winner,
    deal_prizes,
    give_prize,
    publish_results,
    save_prizes,
    take_prize,
)
from activities.queries.results import choices_of_people, prize_lines, results, standing
from activities.views.rights import require_edit
from library_site.http import SchoolRequest
from readers.queries.classes import class_names_then, classes_on
from readers.views.told import address_of, done_or_told, tell_errors


@require_safe
def scores(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """The works by their means, what is missing, ties, and who has which prize."""
    activity = require_edit(request, activity_id)
    names = class_names_then(request.reference, activity.starts_on)
    lines = prize_lines(activity.pk)
    others = [(row, names.get(row.school_class_id or 0, "")) for row in results(activity.pk) if row.entry_id is None]
    context = {
        "activity": activity,
        "standing": standing(activity, request.reference),
        "prizes": lines,
        "others": others,
        "given": sum(line.given for line in lines),
    }
    return render(request, "activities/results/scores.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def prizes(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Which prizes there are, and how many of each."""
    activity = require_edit(request, activity_id)
    now = [(line.prize.name, line.prize.places) for line in prize_lines(activity.pk)]
    form = PrizesForm(request.POST or None, rows=now or _usual())
    if form.is_bound and form.is_valid() and done_or_told(request, lambda: _save(request, activity.pk, form)):
        return redirect("results:scores", activity.pk)
    context = {"activity": activity, "form": form}
    return render(request, "activities/results/prizes.html", context, status=422 if form.errors else 200)


def _save(request: SchoolRequest, activity_id: int, form: PrizesForm) -> None:
    save_prizes(activity_id=activity_id, prizes=form.chosen(), by=request.user, address=address_of(request))


def _usual() -> list[tuple[str, int | None]]:
    return [(_("First prize"), 3), (_("Second prize"), 6), (_("Third prize"), 9), (_("Prize of merit"), None)]


@require_POST
def deal(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Gives the prizes by the means."""
    activity = require_edit(request, activity_id)
    although = "although_missing" in request.POST

    def dealt() -> None:
        left = deal_prizes(
            activity_id=activity.pk, by=request.user, although_missing=although, address=address_of(request)
        )
        messages.success(request, _("The prizes are dealt by the scores."))
        if left:
            text = ngettext(
                "%(count)d work shares its mean with others across the end of a prize: decide by hand.",
                "%(count)d works share their mean across the end of a prize: decide by hand.",
                len(left),
            )
            messages.warning(request, text % {"count": len(left)})

    done_or_told(request, dealt)
    return redirect("results:scores", activity.pk)


@require_POST
def give(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Gives a work a prize by hand, with the reason."""
    activity = require_edit(request, activity_id)
    form = GiveForm(request.POST, activity_id=activity.pk)
    if form.is_valid() and form.cleaned_data["entry"]:
        _give(request, activity.pk, form.cleaned_data, Winner(entry_id=form.cleaned_data["entry"]))
    else:
        tell_errors(request, form)
    return redirect("results:scores", activity.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Prizes where no works were handed in: to pupils of a class, to whole classes, to groups."""
    activity = require_edit(request, activity_id)
    form = GiveForm(request.POST or None, activity_id=activity.pk)
    today, asked = timezone.localdate(), request.GET.get("class", "")
    classes = classes_on(request.reference, today)
    chosen = next((row for row in classes if str(row.pk) == asked), None)
    choices = choices_of_people(activity.pk, chosen, classes, today)
    if form.is_bound:
        winner = next((row.winner for row in choices if row.value == request.POST.get("who")), None)
        if winner is None:
            messages.error(request, _("Say who gets the prize."))
        elif form.is_valid():
            _give(request, activity.pk, form.cleaned_data, Winner(**winner))
        else:
            tell_errors(request, form)
        return redirect(f"{request.path}?class={asked}&prize={request.POST.get('prize', '')}")
    names = class_names_then(request.reference, activity.starts_on)
    context = {
        "activity": activity, "classes": classes, "chosen": chosen, "choices": choices,
        "prizes": prize_lines(activity.pk), "prize": request.GET.get("prize", ""),
        "given": [(row, names.get(row.school_class_id or 0, "")) for row in results(activity.pk)],
    }  # fmt: skip
    return render(request, "activities/results/people.html", context)


def _give(request: SchoolRequest, activity_id: int, data: dict[str, Any], winner: Winner) -> None:
    done_or_told(
        request,
        lambda: give_prize(
            activity_id=activity_id, prize_id=data["prize"].pk, winner=winner, reason=data["reason"].strip(),
            by=request.user, at=timezone.now(), address=address_of(request),
        ),
    )  # fmt: skip


@require_POST
def take(request: SchoolRequest, activity_id: int, result_id: int) -> HttpResponse:
    """Takes a prize back."""
    activity = require_edit(request, activity_id)
    if not Result.objects.filter(pk=result_id, activity=activity).exists():
        raise Http404
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"].strip() if form.is_valid() else ""
    address = address_of(request)
    done_or_told(
        request,
        lambda: take_prize(result_id=result_id, reason=reason, by=request.user, at=timezone.now(), address=address),
    )
    return redirect("results:people" if "people" in request.POST else "results:scores", activity.pk)


@require_POST
def publish(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Publishes the results; certificates can be printed from then on."""
    activity = require_edit(request, activity_id)

    def published() -> None:
        number = publish_results(
            activity_id=activity.pk, by=request.user, at=timezone.now(), address=address_of(request)
        )
        text = ngettext("Published: %(count)d prize.", "Published: %(count)d prizes.", number)
        messages.success(request, text % {"count": number})

    done_or_told(request, published)
    return redirect("results:scores", activity.pk)
