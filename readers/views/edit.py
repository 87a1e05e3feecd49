"""A reader is entered by hand, or corrected."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.forms.people import ReaderForm
from readers.models import Reader
from readers.operations.people import add_reader, change_reader
from readers.queries.classes import classes_on
from readers.rules.details import Details


def new_reader(request: SchoolRequest) -> HttpResponse:
    """One reader by hand; whole classes come by the roster."""
    today = timezone.localdate()
    sent = request.POST if request.method == "POST" else None
    chosen = {"category": Reader.Category.STUDENT, "since": today, "school_class": request.GET.get("school_class")}
    form = ReaderForm(sent, classes=classes_on(request.reference, today), initial=chosen)
    if form.is_valid() and (reader := _add(request, form)):
        messages.success(request, _("%(name)s was entered.") % {"name": reader.name})
        return redirect("readers:reader", reader.pk)
    return render(
        request, "readers/edit_reader.html", {"form": form, "reader": None}, status=422 if form.errors else 200
    )


def edit_reader(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """Corrects name, number, category and note."""
    reader = get_object_or_404(Reader, pk=reader_id)
    now = {name: getattr(reader, name) for name in ("name", "category", "number", "note")}
    form = ReaderForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid() and _change(request, reader, form):
        messages.success(request, _("Saved."))
        return redirect("readers:reader", reader.pk)
    return render(
        request, "readers/edit_reader.html", {"form": form, "reader": reader}, status=422 if form.errors else 200
    )


def _add(request: SchoolRequest, form: ReaderForm) -> Reader | None:
    try:
        return add_reader(
            details=_details(form),
            class_id=form.cleaned_data["school_class"],
            since=form.cleaned_data["since"],
            with_card=form.cleaned_data["with_card"],
            today=timezone.localdate(),
            by=request.user,
            address=request.META.get("REMOTE_ADDR"),
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _change(request: SchoolRequest, reader: Reader, form: ReaderForm) -> Reader | None:
    address = request.META.get("REMOTE_ADDR")
    try:
        return change_reader(reader_id=reader.pk, details=_details(form), by=request.user, address=address)
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _details(form: ReaderForm) -> Details:
    return Details(**{name: form.cleaned_data[name] for name in ("name", "category", "number", "note")})
