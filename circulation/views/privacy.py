"""What is known about one person: shown to the librarian, exported, erased; and old loans forgotten."""

from functools import partial
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circulation.jobs import forget_old_now
from circulation.models import RetentionRun
from circulation.operations.erasure import erase_reader, why_not
from circulation.operations.looks import record_look
from circulation.operations.retention import preview
from circulation.queries.board import open_lines
from circulation.queries.history import past_loans
from circulation.queries.settings import forgotten_before
from circulation.queries.stored import stored_about
from library_site.audit_log.values import Names
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.shared.spreadsheets.writing import write_book
from library_site.views.confirm import confirms_password
from readers.models import PersonLook, Reader
from readers.queries.classes import class_names_on

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def history(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """What a reader borrowed, for the librarian; that it was looked at is recorded."""
    reader = get_object_or_404(Reader, pk=reader_id)
    _look(request, reader, PersonLook.What.HISTORY)
    context = {"reader": reader, "problems": why_not(reader), **_books(request, reader)}
    return render(request, "circulation/history.html", context)


@require_POST
@confirms_password
def export(request: SchoolRequest, reader_id: int) -> FileResponse:
    """All that is stored about a reader as a workbook, one sheet per table."""
    reader = get_object_or_404(Reader, pk=reader_id)
    _look(request, reader, PersonLook.What.EXPORT)
    names = Names({"readers.SchoolClass": partial(class_names_on, request.reference, timezone.localdate())})
    target = BytesIO()
    write_book(target, [(table.title, table.header, table.rows) for table in stored_about(reader, names)])
    target.seek(0)
    name = _("Data of %(name)s") % {"name": reader.name}
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


@require_POST
@confirms_password
def erase(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """Erases a person for good, or says why not."""
    get_object_or_404(Reader, pk=reader_id)
    try:
        erase_reader(reader_id=reader_id, by=request.user, at=timezone.now(), address=_address(request))
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem.message)
        return redirect("privacy:history", reader_id)
    messages.success(request, _("The person is erased. Figures have not changed."))
    return redirect("readers:reader", reader_id)


@require_http_methods(["GET", "POST"])
@confirms_password
def retention(request: SchoolRequest) -> HttpResponse:
    """What would be forgotten now, what was, and the button to do it; the work itself is the worker's."""
    today, now = timezone.localdate(), timezone.now()
    before = forgotten_before(request.reference, today)
    if request.method == "POST":
        forget_old_now.defer(by_id=request.user.pk)
        messages.success(request, _("Old loans are being anonymised. The page shows it when it is done."))
        return redirect("privacy:retention")
    context: dict[str, Any] = {
        "before": before,
        "counts": preview(before=before, at=now) if before else {},
        "runs": RetentionRun.objects.select_related("by").order_by("-at")[:20],
    }
    return render(request, "circulation/retention.html", context)


def _books(request: SchoolRequest, reader: Reader) -> dict[str, Any]:
    loans = Paginator(past_loans(reader.pk), PER_PAGE)
    return {
        "lines": open_lines(reader.pk, timezone.localdate(), request.reference),
        "page": loans.get_page(request.GET.get("page")),
    }


def _look(request: SchoolRequest, reader: Reader, what: str) -> None:
    record_look(reader_id=reader.pk, what=what, by=request.user, at=timezone.now(), address=_address(request))


def _address(request: SchoolRequest) -> str:
    return str(request.META.get("REMOTE_ADDR") or "")
