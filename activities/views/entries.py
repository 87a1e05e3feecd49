"""Works of an activity: how far each class is, names ticked from paper, the list for whoever answers for it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from activities.exports.entries import works_table
from activities.forms.entries import OfManyForm
from activities.models import Entry, ReadingGroup
from activities.operations.entries import Work, add_files
from activities.operations.paper_entries import tick_works, work_of_many
from activities.queries.entries import counts_by_class, pupils_with_works, works
from activities.rules.entries import last_day, taking_in
from activities.views.people import keys_of, typed
from activities.views.rights import may_edit
from activities.views.works import entered_classes, require_entered, require_works
from library_site.http import SchoolRequest
from library_site.views.downloads import download
from readers.queries.classes import class_names_then, classes_on
from readers.views.told import done_or_told

ROWS = 50


@require_safe
def overview(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """The classes within reach with how many works are in."""
    activity, classes = entered_classes(request, activity_id)
    counts = counts_by_class(activity.pk)
    context = {
        "activity": activity,
        "rows": [(row, counts.get(row.pk)) for row in classes],
        "total": sum(counts[row.pk].handed_in for row in classes if row.pk in counts),
        "until": last_day(activity),
        "closed": taking_in(activity),
        "may_edit": may_edit(request, activity),
    }
    return render(request, "activities/entries/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tick(request: SchoolRequest, activity_id: int, class_id: int) -> HttpResponse:
    """The pupils of a class, each ticked whose work lies there on paper, with its title."""
    activity, school_class = require_entered(request, activity_id, class_id)
    rows = pupils_with_works(activity.pk, class_id, timezone.localdate())
    if request.method == "POST":
        known = {row.reader.pk for row in rows}
        ticked = keys_of(request.POST.getlist("ticked")) & known
        was = keys_of(request.POST.getlist("was")) & known
        if done_or_told(request, lambda: _tick(request, activity.pk, class_id, ticked, was - ticked)):
            return redirect("entries:tick", activity.pk, class_id)
    context = {"activity": activity, "school_class": school_class, "rows": rows, "closed": taking_in(activity)}
    return render(request, "activities/entries/tick.html", context)


def _tick(request: SchoolRequest, activity_id: int, class_id: int, ticked: set[int], away: set[int]) -> None:
    titles = {pk: typed(request.POST, f"name-{pk}", 100) for pk in ticked}
    added, problems = tick_works(
        activity_id=activity_id, class_id=class_id, works=titles, taken_away=away, by=request.user, at=timezone.now()
    )
    for problem in problems:
        messages.warning(request, str(problem.message))
    text = ngettext("Saved; %(count)d new work.", "Saved; %(count)d new works.", added)
    messages.success(request, text % {"count": added})


@require_safe
def all_works(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """All works with their writers, for whoever answers for the activity."""
    activity = require_works(request, activity_id)
    rows = works(activity.pk)
    state = request.GET.get("state", "")
    if state in {Entry.State.HANDED_IN, Entry.State.REFUSED}:
        rows = rows.filter(state=state)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    names = class_names_then(request.reference, activity.starts_on)
    context = {
        "activity": activity,
        "page": page,
        "rows": [(row, names.get(row.school_class_id or 0, "")) for row in page],
        "state": state,
        "states": [Entry.State.HANDED_IN, Entry.State.REFUSED],
    }
    return render(request, "activities/entries/all.html", context)


@require_safe
def export(request: SchoolRequest, activity_id: int) -> FileResponse:
    """The list of works as a file; its export is recorded."""
    activity = require_works(request, activity_id)
    names = class_names_then(request.reference, activity.starts_on)
    return download(request, works_table(activity, works(activity.pk), names))


@require_http_methods(["GET", "HEAD", "POST"])
def of_many(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Enters the work of a whole class or of a reading group."""
    activity = require_works(request, activity_id)
    form = OfManyForm(
        request.POST or None,
        request.FILES or None,
        classes=classes_on(request.reference, timezone.localdate()),
        groups=ReadingGroup.objects.filter(ended_on=None).order_by("name").values_list("pk", "name"),
    )
    if form.is_bound and form.is_valid() and done_or_told(request, lambda: _of_many(request, activity.pk, form)):
        return redirect("entries:all", activity.pk)
    context = {"activity": activity, "form": form}
    return render(request, "activities/entries/of_many.html", context, status=422 if form.errors else 200)


def _of_many(request: SchoolRequest, activity_id: int, form: OfManyForm) -> None:
    data, now = form.cleaned_data, timezone.now()
    work = Work(data["name"], data["text"], data["teacher"])
    entry = work_of_many(activity_id=activity_id, work=work, by=request.user, at=now, **form.owner())
    for problem in add_files(entry_id=entry.pk, uploads=data["uploads"], by=request.user, at=now):
        messages.error(request, str(problem.message))
    messages.success(request, _("Saved."))
