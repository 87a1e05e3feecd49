"""The way in, the leading group, and the librarian's register."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from library_site.http import SchoolRequest
from library_site.models import Role
from readers.forms.governance import DevelopmentForm, MemberForm
from readers.models import DevelopmentRecord, LeadingGroupMember
from readers.operations.governance import drop_development, keep_development, keep_member
from readers.queries.governance import former_members, leading_group
from readers.views.told import address_of

PER_PAGE = 50


@require_safe
def group(request: SchoolRequest) -> HttpResponse:
    """The members of today, and those before them."""
    today = timezone.localdate()
    context = {
        "members": list(leading_group(today)),
        "former": list(former_members(today)),
        "may_write": request.user.has_role(Role.LIBRARIAN),
        "today": today,
    }
    return render(request, "readers/people/group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: SchoolRequest, member_id: int | None = None) -> HttpResponse:
    """Adds or changes a member."""
    row = get_object_or_404(LeadingGroupMember, pk=member_id) if member_id else LeadingGroupMember()
    form = MemberForm(request.POST or None, instance=row, initial={"since": timezone.localdate()})
    if form.is_bound and form.is_valid() and _kept(request, form):
        return redirect("people:group")
    return _form_page(request, form, _("Member of the leading group"), "people:group")


def _kept(request: SchoolRequest, form: MemberForm) -> bool:
    try:
        keep_member(member=form.save(commit=False), by=request.user, address=address_of(request))
    except IntegrityError as error:
        if "leading_group_one_in_charge" not in str(error):
            raise
        form.add_error("is_in_charge", _("Another member is the leader in charge: end that first."))
        return False
    return True


@require_safe
def development(request: SchoolRequest) -> HttpResponse:
    """The register of training, visits, papers and prizes; `?kind=` for one of them."""
    kind = request.GET.get("kind", "")
    rows = DevelopmentRecord.objects.order_by("-on", "-pk")
    if kind in DevelopmentRecord.Kind.values:
        rows = rows.filter(kind=kind)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": DevelopmentRecord.Kind.choices,
        "kind": kind,
        "may_write": request.user.has_role(Role.LIBRARIAN),
    }
    return render(request, "readers/people/development.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: SchoolRequest, record_id: int | None = None) -> HttpResponse:
    """Adds or changes a line of the register."""
    row = get_object_or_404(DevelopmentRecord, pk=record_id) if record_id else DevelopmentRecord()
    first = {"person": request.user.name, "on": timezone.localdate()}
    form = DevelopmentForm(request.POST or None, instance=row, initial={} if record_id else first)
    if form.is_bound and form.is_valid():
        keep_development(record=form.save(commit=False), by=request.user, address=address_of(request))
        return redirect("people:development")
    return _form_page(request, form, _("Training, visits, papers, prizes"), "people:development")


@require_POST
def record_away(request: SchoolRequest, record_id: int) -> HttpResponse:
    """Takes a line out of the register."""
    row = get_object_or_404(DevelopmentRecord, pk=record_id)
    drop_development(record=row, by=request.user, address=address_of(request))
    messages.success(request, _("Removed."))
    return redirect("people:development")


def _form_page(request: SchoolRequest, form: ModelForm, title: str, back: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "back": back}
    return render(request, "readers/form_page.html", context, status=422 if form.errors else 200)
