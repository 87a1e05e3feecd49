"""The queue of titles that have no class: suggestions with their reasons, taken one by one or many at a time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog.forms.class_picker import ClassPicker
from catalog.forms.to_classify import ChosenClasses
from catalog.operations.classify import Classified, classify_titles, take_back_class
from catalog.queries.to_classify import waiting_page
from catalog.rules.class_refusals import no_number
from library_site.http import SchoolRequest
from library_site.queries import school
from library_site.shared.problems import Refused
from readers.views.told import address_of


@require_safe
def queue(request: SchoolRequest) -> HttpResponse:
    """The next titles, each with what is suggested; `?confident=1` shows only those whose suggestion is sure."""
    options = school(request.reference)
    after = request.GET.get("after", "")
    page = waiting_page(
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0,
        depth=options.clc_depth if options else 0,
        only_confident=request.GET.get("confident") == "1",
    )
    picker = ClassPicker()
    context = {
        "page": page,
        "only_confident": request.GET.get("confident") == "1",
        "rows": [(row, picker.render(f"other-{row.title.pk}", "", _attributes(row.title.pk))) for row in page.rows],
        "media": picker.media,
    }
    return render(request, "catalog/clc/queue.html", context)


@require_POST
def accept(request: SchoolRequest) -> HttpResponse:
    """Gives the titles their classes: one at a time for the page's keys, many for its button."""
    chosen = ChosenClasses(request.POST)
    done = classify_titles(choices=chosen.choices, by=request.user, address=address_of(request))
    for title_id in chosen.no_numbers:
        done.problems[title_id] = no_number()
    if request.htmx:  # type: ignore[attr-defined]
        return _answer(request, done)
    _tell(request, done)
    return redirect(_back(request))


@require_POST
def take_back(request: SchoolRequest) -> HttpResponse:
    """A class that was given by mistake is taken away again."""
    try:
        title = take_back_class(
            title_id=_number(request.POST.get("title", "")),
            clc_number=request.POST.get("clc_number", ""),
            book_number=request.POST.get("book_number", ""),
            by=request.user,
            address=address_of(request),
        )
    except Refused as refusal:
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "catalog/clc/row_problem.html", {"problem": refusal.problems[0]}, status=422)
        messages.error(request, str(refusal.problems[0].message))
        return redirect("clc:queue")
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    messages.success(request, _("“%(title)s” is to be classified again.") % {"title": title.name})
    return redirect("clc:queue")


def _attributes(title_id: int) -> dict[str, str]:
    label = _("Another class")
    return {
        "id": f"other-{title_id}", "class": "form-control form-control-sm", "aria-label": label, "placeholder": label,
    }  # fmt: skip


def _answer(request: SchoolRequest, done: Classified) -> HttpResponse:
    """What the row says from now on."""
    for title in done.titles:
        return render(request, "catalog/clc/row_done.html", {"title": title})
    problem = next(iter(done.problems.values()), None)
    return render(request, "catalog/clc/row_problem.html", {"problem": problem}, status=422)


def _tell(request: SchoolRequest, done: Classified) -> None:
    number = len(done.titles)
    if number:
        text = ngettext("%(number)s title has its class.", "%(number)s titles have their class.", number)
        messages.success(request, text % {"number": number})
    for problem in done.problems.values():
        messages.error(request, f"{problem.message} {problem.way_out}".strip())
    if not number and not done.problems:
        messages.info(request, _("Nothing was chosen."))


def _back(request: SchoolRequest) -> str:
    query = {name: value for name in ("after", "confident") if (value := request.POST.get(name, ""))}
    return reverse("clc:queue", query=query)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
