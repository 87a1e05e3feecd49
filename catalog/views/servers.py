"""The servers of copy cataloguing: their order, their settings, and whether they answer."""

from time import monotonic
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.forms.servers import LookupForm, ServerForm
from catalog.models import SruServer
from catalog.operations.servers import PUBLIC_SERVERS, add_public_servers, move_server, remove_server, save_server
from catalog.queries.copy_cataloguing import ask, title_to_try
from catalog.rules.outside import OutsideProblem
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """All servers in the order in which they are asked."""
    servers = list(SruServer.objects.order_by("position", "pk"))
    held = {server.name for server in servers}
    more = any(values["name"] not in held for values in PUBLIC_SERVERS)
    return render(request, "catalog/sru/overview.html", {"servers": servers, "more": more})


@require_http_methods(["GET", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """Adds a server, behind the others."""
    form = ServerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (saved := _save(request, None, form)):
        messages.success(request, _("“%(name)s” was added. Test once whether it answers.") % {"name": saved.name})
        return redirect("sru:server", saved.pk)
    return _page(request, form, None)


@require_http_methods(["GET", "POST"])
def server(request: SchoolRequest, server_id: int) -> HttpResponse:
    """A server's settings, shown and changed."""
    shown = get_object_or_404(SruServer, pk=server_id)
    form = ServerForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid() and _save(request, server_id, form):
        messages.success(request, _("Saved."))
        return redirect("sru:server", server_id)
    return _page(request, form, get_object_or_404(SruServer, pk=server_id))


@require_POST
def test(request: SchoolRequest, server_id: int) -> HttpResponse:
    """Asks the server, as it is saved, for an ISBN and for a title; says what came and how long it took."""
    shown = get_object_or_404(SruServer, pk=server_id)
    form = LookupForm(request.POST)
    trials = _trials(shown, form.cleaned_data) if form.asks else []
    return _page(request, ServerForm(instance=shown), shown, tried=form, trials=trials)


@require_POST
def move(request: SchoolRequest, server_id: int) -> HttpResponse:
    """One place up or down."""
    move_server(server_id=server_id, up="up" in request.POST, by=request.user, address=_address(request))
    return redirect("sru:overview")


@require_POST
def remove(request: SchoolRequest, server_id: int) -> HttpResponse:
    """Forgets the server."""
    remove_server(server_id=server_id, by=request.user, address=_address(request))
    messages.success(request, _("The server was removed."))
    return redirect("sru:overview")


@require_POST
def add_public(request: SchoolRequest) -> HttpResponse:
    """Adds the publicly documented servers, out of use."""
    added = add_public_servers(by=request.user, address=_address(request))
    text = ngettext("%(n)s server was added, out of use.", "%(n)s servers were added, out of use.", added)
    messages.success(request, text % {"n": added})
    return redirect("sru:overview")


def _page(
    request: SchoolRequest,
    form: ServerForm,
    shown: SruServer | None,
    *,
    tried: LookupForm | None = None,
    trials: Any = (),
) -> HttpResponse:
    own = title_to_try()
    context = {
        "form": form,
        "server": shown,
        "try_form": tried or LookupForm(initial={"isbn": own.isbn, "name": own.name} if own else {}),
        "trials": trials,
    }
    bad = form.errors or (tried is not None and tried.errors)
    return render(request, "catalog/sru/server.html", context, status=422 if bad else 200)


def _save(request: SchoolRequest, server_id: int | None, form: ServerForm) -> SruServer | None:
    try:
        return save_server(server_id=server_id, values=form.cleaned_data, by=request.user, address=_address(request))
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _trials(server: SruServer, given: dict[str, str]) -> list[dict[str, Any]]:
    isbn, title = given["isbn"], given["name"]
    trials = [_trial(server, "ISBN", isbn=isbn)] if isbn else []
    return trials + ([_trial(server, _("title"), title=title)] if title else [])


def _trial(server: SruServer, label: str, *, isbn: str = "", title: str = "") -> dict[str, Any]:
    began = monotonic()
    try:
        hits, total = ask(server, isbn=isbn, title=title)
        result: dict[str, Any] = {"hits": hits, "total": total}
    except OutsideProblem as problem:
        result = {"problem": problem.text}
    return {"label": label, "milliseconds": round((monotonic() - began) * 1000), **result}


def _address(request: SchoolRequest) -> str | None:
    return request.META.get("REMOTE_ADDR")
