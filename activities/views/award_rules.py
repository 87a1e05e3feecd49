"""The school's awards and their criteria."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from activities.forms.awards import AwardRuleForm, initial_of
from activities.models import AwardRule
from activities.operations.awards import save_rule
from activities.rules.awards import FIGURES
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """A new award; `?for=` says whether of pupils, classes or teachers."""
    whom = request.GET.get("for", AwardRule.For.PUPIL)
    if whom not in AwardRule.For.values:
        raise Http404
    last = AwardRule.objects.order_by("-position").first()
    return _edited(request, AwardRule(whom=whom, position=last.position + 1 if last else 1))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, rule_id: int) -> HttpResponse:
    """Changes an award; what was proposed by it stays."""
    return _edited(request, get_object_or_404(AwardRule, pk=rule_id))


def _edited(request: SchoolRequest, rule: AwardRule) -> HttpResponse:
    form = AwardRuleForm(request.POST or None, whom=rule.whom, figures=FIGURES[rule.whom], initial=initial_of(rule))
    if form.is_bound and form.is_valid():
        try:
            save_rule(rule=rule, values=form.values(), by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("awards:overview")
    context = {"form": form, "rule": rule, "whom": AwardRule.For.choices}
    return render(request, "activities/awards/rule.html", context, status=422 if form.errors else 200)
