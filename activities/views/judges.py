"""Who judges an activity, and how far they are."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from activities.forms.judging import JudgeForm
from activities.operations.judging import name_judge, remove_judge
from activities.queries.judging import judge_rows, may_be_judges
from activities.views.works import require_works
from library_site.http import SchoolRequest
from readers.views.told import address_of, done_or_told


@require_http_methods(["GET", "HEAD", "POST"])
def judges(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """The judges with their progress; names another one."""
    activity = require_works(request, activity_id)
    form = JudgeForm(request.POST or None, accounts=may_be_judges(activity.pk))
    if form.is_bound and form.is_valid():
        account_id, address = int(form.cleaned_data["account"]), address_of(request)
        done_or_told(
            request,
            lambda: name_judge(activity_id=activity.pk, account_id=account_id, by=request.user, address=address),
        )
        return redirect("judging:judges", activity.pk)
    context = {"activity": activity, "form": form, "rows": judge_rows(activity.pk)}
    return render(request, "activities/judging/judges.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: SchoolRequest, activity_id: int, judge_id: int) -> HttpResponse:
    """Takes a judge off."""
    activity = require_works(request, activity_id)
    remove_judge(
        activity_id=activity.pk, judge_id=judge_id, by=request.user, at=timezone.now(), address=address_of(request)
    )
    return redirect("judging:judges", activity.pk)
