"""Labels: which ones, as they come out of the printer, and the note that they are printed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog.forms.labels import TABS, LabelsForm, ListForm
from catalog.forms.search import SearchForm
from catalog.models import Copy, LabelPrinting
from catalog.operations.labels import mark_printed, undo_printed
from catalog.queries.browse import main_classes, places
from catalog.queries.labels import Chosen, choose, copies_by_key, due_counts, recent_printings, state_of
from catalog.queries.search import titles_found
from catalog.rules.labels.drawing import Contents, Style
from catalog.rules.labels.sheets import Places, per_part, problems_by_text, sheets_of
from circulation.queries.availability import title_availability
from library_site.http import SchoolRequest
from library_site.queries import school
from readers.views.told import address_of, done_or_told

_USUAL, _CODES = "labels_usual", "labels_codes"


@require_safe
def labels(request: SchoolRequest) -> HttpResponse:
    """The labels asked for, from a chosen place on the first sheet; long lists in parts."""
    due = due_counts()
    form = LabelsForm(_asked(request), usual=request.session.get(_USUAL, {}), due=due)
    context: dict[str, Any] = {"form": form, "tabs": TABS, "printings": recent_printings(), "due": due}
    context["list_form"] = ListForm(initial={"codes": "\n".join(request.session.get(_CODES, []))})
    context["carried"] = [(name, value) for name, value in request.GET.items() if _is_carried(form, name)]
    if form.is_valid() and form.cleaned_data["stock"]:
        _keep_usual(request, form)
        if form.is_asked:
            context |= _sheets(request, form, _chosen(request, form))
    return render(request, "catalog/labels/labels.html", context)


def _asked(request: SchoolRequest) -> dict[str, str]:
    """The address; boxes that were ticked in a list of copies come one by one."""
    ticked = ",".join(request.GET.getlist("copy"))
    return {**request.GET.dict(), **({"copies": ticked} if ticked else {})}


def _is_carried(form: LabelsForm, name: str) -> bool:
    """What narrows a search goes along with it, although this page has no fields for it."""
    return form.way == "search" and name not in form.fields and name != "page"


def _keep_usual(request: SchoolRequest, form: LabelsForm) -> None:
    usual = {**request.session.get(_USUAL, {}), **form.kept}
    if usual != request.session.get(_USUAL):
        request.session[_USUAL] = usual


def _chosen(request: SchoolRequest, form: LabelsForm) -> Chosen:
    return choose(
        form.way,
        form.cleaned_data,
        kind=form.label_kind,
        order=form.cleaned_data.get("order", ""),
        typed=request.session.get(_CODES, []),
        titles=_hits(request) if form.way == "search" else (),
    )


def _hits(request: SchoolRequest) -> list[int]:
    """The hits of the search page with the same question, in its order."""
    reference = request.reference
    asked = SearchForm(request.GET, main_classes=main_classes(reference), places=places(reference))
    found = titles_found(asked.text, availability=title_availability(), filters=asked.filters, order=asked.order)
    return list(found.values_list("pk", flat=True))


def _sheets(request: SchoolRequest, form: LabelsForm, chosen: Chosen) -> dict[str, Any]:
    stock = form.cleaned_data["stock"]
    blank = (form.cleaned_data["start"] or 1) - 1
    page = Paginator(Places(len(chosen), blank=blank), per_part(stock)).get_page(request.GET.get("page"))
    here = [place for place in page.object_list if place is not None]
    copies = copies_by_key(chosen.keys[here[0] : here[-1] + 1]) if here and not chosen.numbers else []
    contents = [_said(copy) for copy in copies] or [Contents(barcode=chosen.numbers[place]) for place in here]
    style = _style(request, form)
    free = [None] * (len(page.object_list) - len(here))
    sheets = sheets_of([*free, *contents], stock, style) if contents else []
    keys = [copy.pk for copy in copies]
    return {
        "stock": stock,
        "chosen": chosen,
        "page": page,
        "sheets": sheets,
        "first": here[0] + 1 if here else 0,
        "last": here[-1] + 1 if here else 0,
        "problems": problems_by_text(sheets),
        "ids": ",".join(map(str, keys)),
        "state": state_of(keys) if keys else "",
        "kind": form.label_kind,
    }


def _style(request: SchoolRequest, form: LabelsForm) -> Style:
    asked, options = form.cleaned_data, school(request.reference)
    return Style(
        kind=form.label_kind,
        symbology=asked["code"],
        band=asked.get("band") or "none",
        feed=asked["stock"].feed,
        school=options.name if options else "",
    )


def _said(copy: Copy) -> Contents:
    title = copy.title
    return Contents(
        barcode=copy.barcode,
        title=f"{title.name} {title.part}".strip(),
        clc_number=title.clc_number,
        book_number=title.book_number,
        volume=copy.volume,
        main_class=title.main_class,
    )


@require_POST
def typed_list(request: SchoolRequest) -> HttpResponse:
    """Keeps the scanned list for this session, then shows its labels."""
    form = ListForm(request.POST)
    if form.is_valid():
        request.session[_CODES] = form.cleaned_data["codes"]
    else:
        messages.error(request, " ".join(str(error) for error in form.errors["codes"]))
    return redirect(reverse("labels:labels", query={"what": "list"}))


@require_POST
def printed(request: SchoolRequest) -> HttpResponse:
    """Marks the labels that were shown as printed, or all that the address asks for as on the books already."""
    asked = _asked(request)
    shown = request.POST.get("kind", "")
    # The kind that was shown, whatever this person looked at in another window since.
    form = LabelsForm({**asked, **({"kind": shown} if shown else {})}, usual=request.session.get(_USUAL, {}))
    back = redirect(reverse("labels:labels", query=request.GET) if asked else reverse("labels:labels"))
    if not form.is_valid():
        return back
    everything = request.POST.get("all") == "1"
    keys = list(_chosen(request, form).keys) if everything and form.is_asked else _keys(request.POST)
    made: list[LabelPrinting] = []
    done_or_told(
        request,
        lambda: made.append(
            mark_printed(
                kind=form.label_kind,
                copy_ids=keys,
                state=None if everything else request.POST.get("state", ""),
                by=request.user,
                at=timezone.now(),
                address=address_of(request),
            )
        ),
    )
    for row in made:
        text = ngettext("%(count)d label is marked as printed.", "%(count)d labels are marked as printed.", row.count)
        messages.success(request, text % {"count": row.count})
    return back


def _keys(posted: QueryDict) -> Sequence[int]:
    parts = posted.get("ids", "").split(",")
    return list(dict.fromkeys(int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 16))


@require_POST
def undo(request: SchoolRequest, printing_id: int) -> HttpResponse:
    """Takes a printing back: its labels are still to be printed."""
    row = get_object_or_404(LabelPrinting.objects.defer("copies"), pk=printing_id)
    if done_or_told(
        request,
        lambda: undo_printed(
            printing_id=row.pk, by=request.user, at=timezone.now(), address=address_of(request)
        ),
    ):  # fmt: skip
        messages.success(request, _("Taken back: these labels are as they were before."))
    return redirect("labels:labels")
