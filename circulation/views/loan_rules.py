"""The loan rules: what holds, what will, what did; and which rule holds for a given reader and book."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circulation.forms.loan_rules import LoanRuleForm, WhichRuleForm
from circulation.models import LoanPolicy
from circulation.operations.loan_rules import delete_rule, save_rule
from circulation.queries.loan_rules import COLUMNS, Why, candidates, class_of, meant, rule_lines
from circulation.queries.settings import policies
from circulation.queries.terms import terms_of
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.models import Reader


@require_safe
def rules(request: SchoolRequest) -> HttpResponse:
    """All rules by category, and the answer to "which one holds?"."""
    today = localdate()
    form = WhichRuleForm(request.GET or None, today=today)
    lines = rule_lines(policies(request.reference), today)
    groups = [(Reader.Category(category).label, rows) for category, rows in lines.items()]
    answer = _answer(request, form, today) if form.is_bound and form.is_valid() else None
    return render(request, "circulation/loan_rules/rules.html", {"form": form, "groups": groups, "answer": answer})


def new(request: SchoolRequest) -> HttpResponse:
    """A new rule; `?like=` begins with the terms of another one."""
    like = request.GET.get("like", "")
    pattern = LoanPolicy.objects.filter(pk=like).first() if like.isdecimal() and len(like) < 10 else None
    start = _terms(LoanPolicy() if pattern is None else pattern)
    form = LoanRuleForm(request.POST or None, initial={**start, "effective_from": localdate()})
    return _saved(request, form, None) or _form_page(request, form, _("New loan rule"))


def edit(request: SchoolRequest, rule_id: int) -> HttpResponse:
    """Changes a rule that begins today or later."""
    rule = get_object_or_404(LoanPolicy, pk=rule_id)
    form = LoanRuleForm(request.POST or None, initial=_terms(rule))
    return _saved(request, form, rule.pk) or _form_page(request, form, _("Change a loan rule"))


@require_POST
def delete(request: SchoolRequest, rule_id: int) -> HttpResponse:
    """Takes back a rule that has not begun."""
    rule = get_object_or_404(LoanPolicy, pk=rule_id)
    try:
        delete_rule(rule_id=rule.pk, today=localdate(), by=request.user, address=request.META.get("REMOTE_ADDR"))
        messages.success(request, _("The rule was taken back."))
    except Refused as refusal:
        messages.error(request, " ".join(f"{problem.message} {problem.way_out}" for problem in refusal.problems))
    return redirect("loan_rules:rules")


def _terms(rule: LoanPolicy) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in COLUMNS}


def _saved(request: SchoolRequest, form: LoanRuleForm, rule_id: int | None) -> HttpResponse | None:
    if not form.is_valid():
        return None
    address = request.META.get("REMOTE_ADDR")
    try:
        save_rule(rule_id=rule_id, values=form.cleaned_data, today=localdate(), by=request.user, address=address)
    except Refused as refusal:
        show_refusal(form, refusal)
        return None
    messages.success(request, _("Saved."))
    return redirect("loan_rules:rules")


def _form_page(request: SchoolRequest, form: LoanRuleForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title}
    return render(request, "circulation/loan_rules/form.html", context, status=422 if form.errors else 200)


def _answer(request: SchoolRequest, form: WhichRuleForm, today: date) -> dict[str, Any]:
    """What the page says: whom and what it understood, and every rule that could hold with its reason."""
    asked = form.cleaned_data
    found = meant(reader=asked["reader"], book=asked["book"])
    category = found.reader.category if found.reader else asked["category"] or Reader.Category.STUDENT
    material = found.copy.title.material if found.copy else asked["material"]
    day = asked["day"] or today
    possible = candidates(policies(request.reference), category=category, material=material, on=day)
    holds = next((one.rule for one in possible if one.why is Why.HOLDS), None)
    class_id = class_of(found.reader.pk, day) if found.reader and holds else None
    return {
        "reader": found.reader,
        "reader_unknown": bool(asked["reader"]) and found.reader is None,
        "copy": found.copy,
        "book_unknown": bool(asked["book"]) and found.copy is None,
        "category": Reader.Category(category).label,
        "day": day,
        "candidates": possible,
        "terms": holds
        and terms_of(request.reference, holds, category=category, class_id=class_id, copy=found.copy, lent_on=day),
    }
