"""Requests for material as readers meet them: asking, and the answer with what is in now."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from activities.forms.material import AskedForm, AskForm
from activities.operations.material import ask_for_material
from activities.queries.material import lines_of, own_requests
from activities.views.people import own_reader, reader_of_slip
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.models import Reader
from readers.queries.people import FoundReader

PER_PAGE = 30


@require_safe
def own(request: SchoolRequest) -> HttpResponse:
    """What one asked for, and what the library answered."""
    reader = Reader.objects.filter(account=request.user).first()
    context: dict[str, Any] = {"reader": reader}
    if reader:
        context["page"] = Paginator(own_requests(reader.pk), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "activities/material/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SchoolRequest) -> HttpResponse:
    """Asks for material."""
    reader = own_reader(request)
    form = AskForm(request.POST or None, today=timezone.localdate())
    if form.is_bound and form.is_valid() and _asked(request, form, reader):
        messages.success(request, _("Thank you. The library looks for it and answers here."))
        return redirect("material:own")
    return render(request, "activities/material/ask.html", {"form": form}, status=422 if form.errors else 200)


def _asked(request: SchoolRequest, form: AskForm, reader: Reader) -> bool:
    names = ("subject", "purpose", "needed_on", "details")
    values = {name: form.cleaned_data[name] for name in names}
    try:
        ask_for_material(**values, reader_id=reader.pk, by=request.user, at=timezone.now())
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


@require_safe
def answered(request: SchoolRequest, request_id: int) -> HttpResponse:
    """One's own request with the answer's list, where the books stand and how many are in; prints on A4."""
    row = get_object_or_404(own_requests(own_reader(request).pk).select_related("book_list"), pk=request_id)
    return render(request, "activities/material/answered.html", {"row": row, "lines": lines_of(row)})


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: SchoolRequest) -> HttpResponse:
    """Writes down what somebody asked for: the librarian anybody's, a class teacher the own class's."""
    form = AskedForm(request.POST or None, today=timezone.localdate())
    found: list[FoundReader] = []
    if form.is_bound and form.is_valid():
        reader, found = reader_of_slip(request, form)
        if reader is None and form.is_valid():
            form.add_error("who", _("Who asks?"))
        elif reader is not None and form.is_valid() and _asked(request, form, reader):
            messages.success(request, _("Entered."))
            return redirect("material:enter")
    context = {"form": form, "found": found}
    return render(request, "activities/material/enter.html", context, status=422 if form.errors else 200)
