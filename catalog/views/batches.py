"""Batches: what came in together, and its copies."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.exports.lists import accession_table, batches_table
from catalog.forms.copies import BatchForm
from catalog.models import Batch
from catalog.operations.batches import COLUMNS, delete_batch, save_batch
from catalog.queries.copies import batches, copies_of_batch
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.views.downloads import download

ROWS = 50


@require_safe
def batch_list(request: SchoolRequest) -> HttpResponse:
    """All batches, the newest first."""
    page = Paginator(batches(), ROWS).get_page(request.GET.get("page"))
    return render(request, "catalog/copies/batches.html", {"page": page})


@require_safe
def batch(request: SchoolRequest, batch_id: int) -> HttpResponse:
    """A batch and its copies."""
    shown = get_object_or_404(batches(), pk=batch_id)
    page = Paginator(copies_of_batch(shown.pk), ROWS).get_page(request.GET.get("page"))
    return render(request, "catalog/copies/batch.html", {"batch": shown, "page": page})


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """All batches."""
    return download(request, batches_table(batches().iterator()))


@require_safe
def export_copies(request: SchoolRequest, batch_id: int) -> FileResponse:
    """The copies of a batch, as the ledger takes them up."""
    shown = get_object_or_404(Batch, pk=batch_id)
    return download(request, accession_table(copies_of_batch(shown.pk).iterator(), name=shown.name))


def new(request: SchoolRequest) -> HttpResponse:
    """Enters a batch; `?next=fast_lane` goes on to the fast lane with it chosen."""
    form = BatchForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if form.is_valid() and (saved := _save(request, form, None)):
        messages.success(request, _("Batch %(name)s was saved.") % {"name": saved.name})
        if request.GET.get("next") == "fast_lane":
            return redirect(reverse("fast_lane:page", query={"batch": saved.pk}))
        return redirect("batches:batch", saved.pk)
    return _form_page(request, form, _("New batch"))


def edit(request: SchoolRequest, batch_id: int) -> HttpResponse:
    """Corrects a batch."""
    shown = get_object_or_404(Batch, pk=batch_id)
    form = BatchForm(request.POST or None, initial={column: getattr(shown, column) for column in COLUMNS})
    if form.is_valid() and (saved := _save(request, form, shown.pk)):
        messages.success(request, _("Batch %(name)s was saved.") % {"name": saved.name})
        return redirect("batches:batch", saved.pk)
    return _form_page(request, form, shown.name)


@require_POST
def delete(request: SchoolRequest, batch_id: int) -> HttpResponse:
    """Deletes a batch in which nothing came."""
    shown = get_object_or_404(Batch, pk=batch_id)
    try:
        delete_batch(batch_id=shown.pk, by=request.user, address=request.META.get("REMOTE_ADDR"))
    except Refused as refusal:
        messages.error(request, " ".join(f"{problem.message} {problem.way_out}" for problem in refusal.problems))
        return redirect("batches:batch", shown.pk)
    messages.success(request, _("Batch %(name)s was deleted.") % {"name": shown.name})
    return redirect("batches:batches")


def _save(request: SchoolRequest, form: BatchForm, batch_id: int | None) -> Batch | None:
    address = request.META.get("REMOTE_ADDR")
    try:
        return save_batch(batch_id=batch_id, values=form.cleaned_data, by=request.user, address=address)
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _form_page(request: SchoolRequest, form: BatchForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title}
    return render(request, "catalog/copies/batch_form.html", context, status=422 if form.errors else 200)
