"""Judging: one work at a time, large, with a score typed or tapped; who wrote it stays unsaid where it is blind."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from activities.forms.judging import ScoreForm
from activities.models import Judge, Score
from activities.operations.judging import give_score
from activities.queries.entries import files_of
from activities.queries.judging import ToJudge, in_judging, judged_by, to_judge
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.queries.classes import class_names_then

CHIPS = {5: range(6), 10: range(11), 100: (60, 65, 70, 75, 80, 85, 88, 90, 92, 95, 98, 100)}


@require_safe
def mine(request: SchoolRequest) -> HttpResponse:
    """The activities that this person judges."""
    rows = list(judged_by(request.user.pk)[:50])
    return render(request, "activities/judging/mine.html", {"rows": rows})


@require_safe
def start(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Leads to the first work without a score, else to the first one."""
    works = _works(request, activity_id)
    if not works.numbers:
        messages.info(request, _("No work has been handed in yet."))
        return redirect("judging:mine")
    return redirect("judging:work", activity_id, (works.left or works.numbers)[0])


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: SchoolRequest, activity_id: int, number: int) -> HttpResponse:
    """A work to be judged; the score saved, it goes on to the next work without one."""
    works = _works(request, activity_id)
    entry = get_object_or_404(in_judging(activity_id).select_related("reader", "group"), number=number)
    score, activity = works.own.get(number), works.activity
    form = ScoreForm(request.POST or None, scale=activity.scale, initial=_initial(score))
    if form.is_bound and form.is_valid() and _scored(request, form, entry.pk):
        return _onward(request, works, number)
    names = class_names_then(request.reference, activity.starts_on)
    context = {
        "works": works, "activity": activity, "entry": entry, "form": form, "score": score,
        "files": files_of(entry), "before": works.beside(number, -1), "behind": works.beside(number, 1),
        "writer": "" if activity.blind else entry.whose,
        "class_name": "" if activity.blind else names.get(entry.school_class_id or 0, ""),
        "chips": CHIPS.get(activity.scale, ()),
        "place": works.numbers.index(number) + 1,
    }  # fmt: skip
    return render(request, "activities/judging/work.html", context, status=422 if form.errors else 200)


def _works(request: SchoolRequest, activity_id: int) -> ToJudge:
    rows = Judge.objects.select_related("activity").exclude(activity__state="cancelled")
    found = rows.filter(activity=activity_id, account=request.user, removed_at=None).first()
    if found is None:
        raise Http404
    return to_judge(found.activity, found)


def _initial(score: Score | None) -> dict[str, object]:
    return {"value": f"{score.value.normalize():f}", "note": score.note} if score else {}


def _scored(request: SchoolRequest, form: ScoreForm, entry_id: int) -> bool:
    data = form.cleaned_data
    try:
        give_score(entry_id=entry_id, value=data["value"], note=data["note"], by=request.user, at=timezone.now())
    except Refused as refusal:
        for problem in refusal.problems:
            form.add_error("value", str(problem.message))
        return False
    return True


def _onward(request: SchoolRequest, works: ToJudge, number: int) -> HttpResponse:
    """To the next work that this judge has not scored, now that this one is."""
    following = works.next_left(number)
    if following is None:
        messages.success(request, _("All works are scored. Thank you!"))
        return redirect("judging:mine")
    return redirect("judging:work", works.activity.pk, following)
