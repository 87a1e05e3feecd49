"""A batch of titles gets another class: chosen, previewed, written, and its new labels printed."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from catalog.forms.reclassing import ReclassForm, asked_titles
from catalog.models import Reclassing
from catalog.operations.reclassing import MOST, NewClass, preview_reclassing, reclass_titles
from catalog.queries.reclassing import (
    SHOWN,
    chosen_titles,
    reclassed_titles,
    reclassings,
    titles_of_class,
    titles_of_search,
)
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.views.told import address_of

ACTS = 30


@require_http_methods(["GET", "HEAD", "POST"])
def reclass(request: SchoolRequest) -> HttpResponse:
    """The titles named by `title`, `code` or `q`; then what each would get; then it is done."""
    if request.method == "POST":
        return _decide(request)
    code = request.GET.get("code", "")
    ids = _asked(request)
    initial = {"titles": ",".join(map(str, ids)), "instead_of": "", "reason": ""}
    form = ReclassForm(initial=initial)
    return _page(request, form, ids, code=code, too_many=len(ids) == MOST)


@require_safe
def acts(request: SchoolRequest) -> HttpResponse:
    """Every change of call numbers, the newest first."""
    page = Paginator(reclassings(), ACTS).get_page(request.GET.get("page"))
    return render(request, "catalog/clc/reclassings.html", {"page": page})


@require_safe
def act(request: SchoolRequest, reclassing_id: int) -> HttpResponse:
    """What one act changed, and the way to its labels."""
    made = get_object_or_404(Reclassing.objects.select_related("by"), pk=reclassing_id)
    page = Paginator(reclassed_titles(made), SHOWN).get_page(request.GET.get("page"))
    return render(request, "catalog/clc/reclassing.html", {"made": made, "page": page})


def _asked(request: SchoolRequest) -> list[int]:
    if code := request.GET.get("code", ""):
        return titles_of_class(code, MOST)
    if text := request.GET.get("q", "").strip():
        return titles_of_search(text, MOST)
    return asked_titles(request.GET)[:MOST]


def _decide(request: SchoolRequest) -> HttpResponse:
    form = ReclassForm(request.POST)
    ids = form.title_ids
    if not form.is_valid():
        return _page(request, form, ids, status=422)
    data = form.cleaned_data
    new_class = NewClass(data["to"], data["instead_of"])
    try:
        if "apply" in request.POST:
            made = reclass_titles(
                title_ids=data["titles"], new_class=new_class, reason=data["reason"],
                by=request.user, address=address_of(request),
            )  # fmt: skip
            return redirect("clc:reclassing", made.pk)
        changed = preview_reclassing(title_ids=data["titles"], new_class=new_class)
    except Refused as refusal:
        show_refusal(form, refusal)
        return _page(request, form, ids, status=422)
    return _page(request, form, ids, changed=changed)


def _page(
    request: SchoolRequest, form: ReclassForm, ids: list[int], *, status: int = 200, **more: object
) -> HttpResponse:
    rows = list(chosen_titles(ids)[:SHOWN]) if "changed" not in more else []
    context = {"form": form, "number": len(ids), "rows": rows, "shown": SHOWN, **more}
    return render(request, "catalog/clc/reclass.html", context, status=status)
