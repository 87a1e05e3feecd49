"""Books that nobody borrows: shelf by shelf, to look at before they are taken out."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.queries.browse import main_classes, places
from library_site.http import SchoolRequest
from library_site.views.downloads import download
from reports.exports.collection import idle_table
from reports.forms.collection import IdleForm
from reports.queries.collection.idle import idle_copies, idle_count, idle_page, known_since


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """The next fifty copies in shelf order, and how many there are in all."""
    today, form = timezone.localdate(), _form(request)
    asked, after = form.asked(today), request.GET.get("after", "")
    context = {
        "form": form,
        "asked": asked,
        "page": idle_page(asked, after=int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0),
        "count": idle_count(asked),
        "known_since": known_since(),
        "is_first": not after,
        "today": today,
    }
    return render(request, "reports/collection/idle.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """All of them as a table to keep."""
    asked = _form(request).asked(timezone.localdate())
    return download(request, idle_table(idle_copies(asked).iterator(chunk_size=2000)))


def _form(request: SchoolRequest) -> IdleForm:
    reference = request.reference
    return IdleForm(request.GET, classes=main_classes(reference), places=places(reference))
