"""Barcode labels on plain A4: 3 × 8, cut with scissors or on sheets of labels of 70 × 37 mm."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.forms.labels import PER_SHEET, SHEETS_AT_ONCE, LabelsForm
from catalog.models import Copy
from catalog.queries.labels import copies_between, copies_of_run
from library_site.shared.bars import Bars, code128


@dataclass(frozen=True)
class Label:
    """One label; without a copy it is left blank."""

    copy: Copy | None = None
    bars: Bars | None = None


@require_safe
def labels(request: HttpRequest) -> HttpResponse:
    """The labels of an import or of a range, from a chosen place on the first sheet; long lists in parts."""
    form = LabelsForm(request.GET or None)
    copies = Copy.objects.none()
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        if asked["run"]:
            copies = copies_of_run(asked["run"])
        elif asked["first"]:
            copies = copies_between(asked["first"], asked["last"])
    page = Paginator(copies, PER_SHEET * SHEETS_AT_ONCE).get_page(request.GET.get("page"))
    blank = (form.cleaned_data.get("start") or 1) - 1 if form.is_bound and form.is_valid() and page.number == 1 else 0
    filled = [Label(copy, code128(copy.barcode)) for copy in page.object_list]
    sheets = _sheets([Label()] * blank + filled) if filled else []
    return render(request, "catalog/labels.html", {"form": form, "page": page, "sheets": sheets})


def _sheets(filled: list[Label]) -> list[list[Label]]:
    return [filled[start : start + PER_SHEET] for start in range(0, len(filled), PER_SHEET)]
