"""Accounts: the list, a new one, one, and codes for a class."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from library_site.first_login import HOLDS
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.models import User
from library_site.shared.problems import Refused
from library_site.views.confirm import confirms_password
from library_site.views.downloads import download
from readers.exports import accounts_table
from readers.forms.accounts import AccountForm, AccountListForm, NewAccountForm
from readers.models import Reader
from readers.operations.accounts import (
    Issued,
    change_account,
    issue_class_codes,
    open_account,
    open_account_of_reader,
    reset_account,
)
from readers.queries.accounts import PupilAccount, list_accounts, progress_of_classes, pupils_of_class
from readers.queries.classes import NamedClass, class_names_on, classes_on
from readers.queries.self_service import is_closed_class
from readers.rules.accounts import may_manage, roles_managed_by

PER_PAGE = 50


@require_safe
def account_list(request: SchoolRequest) -> HttpResponse:
    """The accounts that this person manages."""
    form, rows = _asked(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = class_names_on(request.reference, timezone.localdate())
    lines = [(row, names.get(row.class_id, "")) for row in page.object_list]
    return render(request, "accounts/accounts.html", {"form": form, "page": page, "lines": lines})


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The accounts that the list shows, all pages of it."""
    names = class_names_on(request.reference, timezone.localdate())
    return download(request, accounts_table(_asked(request)[1].iterator(), names))


def _asked(request: SchoolRequest) -> tuple[AccountListForm, QuerySet[User]]:
    form = AccountListForm(request.GET, roles=roles_managed_by(request.user))
    return form, list_accounts(request.user, **form.asked())


@never_cache
def new(request: SchoolRequest) -> HttpResponse:
    """Opens an account and shows its code, once."""
    form = NewAccountForm(request.POST or None, roles=roles_managed_by(request.user))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            issued = open_account(
                username=data["username"],
                name=data["name"],
                roles=data["roles"],
                reader_id=form.reader.pk if form.reader else None,
                by=request.user,
                at=timezone.now(),
                address=request.META.get("REMOTE_ADDR"),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return _slips(request, [issued], back=reverse("accounts:accounts"))
    return render(request, "accounts/new.html", {"form": form}, status=422 if form.errors else 200)


@confirms_password
def account(request: SchoolRequest, account_id: int) -> HttpResponse:
    """One account: its name, roles and state."""
    found = _managed(request, account_id)
    form = AccountForm(request.POST or None, account=found, roles=roles_managed_by(request.user))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_account(
                account_id=account_id,
                name=data["name"],
                roles=data["roles"],
                is_active=data["is_active"],
                by=request.user,
                at=timezone.now(),
                address=request.META.get("REMOTE_ADDR"),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved; it holds at once, also for who is logged in."))
            return redirect("accounts:account", account_id)
    reader = Reader.objects.filter(account=found).first()
    context = {"form": form, "account": found, "reader": reader, "now": timezone.now()}
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@confirms_password
def reset(request: SchoolRequest, account_id: int) -> HttpResponse:
    """A new code in place of the password, shown once."""
    _managed(request, account_id)
    issued = reset_account(
        account_id=account_id, by=request.user, at=timezone.now(), address=request.META.get("REMOTE_ADDR")
    )
    return _slips(request, [issued], back=reverse("accounts:account", args=[account_id]))


@never_cache
@require_POST
def for_reader(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """Opens the account of a reader and shows its code, once."""
    get_object_or_404(Reader, pk=reader_id)
    try:
        issued = open_account_of_reader(
            reader_id=reader_id, by=request.user, at=timezone.now(), address=request.META.get("REMOTE_ADDR")
        )
    except Refused as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem.message))
        return redirect("readers:reader", reader_id)
    return _slips(request, [issued], back=reverse("readers:reader", args=[reader_id]))


@require_safe
def classes(request: SchoolRequest) -> HttpResponse:
    """The classes, and how many of their pupils can log in."""
    rows = progress_of_classes(request.reference, timezone.localdate())
    return render(request, "accounts/classes.html", {"rows": rows})


@never_cache
def class_codes(request: SchoolRequest, class_id: int) -> HttpResponse:
    """The pupils of a class and their accounts; by POST the sheet of codes, shown once."""
    named = _class(request, class_id)
    today = timezone.localdate()
    if request.method == "POST":
        issued, left = issue_class_codes(
            class_id=class_id, day=today, by=request.user, at=timezone.now(), address=request.META.get("REMOTE_ADDR")
        )
        return _slips(
            request, issued, left=left, class_name=named.name, back=reverse("accounts:class_codes", args=[class_id])
        )
    pupils = pupils_of_class(class_id, today)
    waiting = [pupil for pupil in pupils if not pupil.has_password]
    context = {"school_class": named, "pupils": pupils, "waiting": len(waiting), "days": HOLDS.days}
    context["closed"] = is_closed_class(request.reference, named)
    return render(request, "accounts/class_codes.html", context)


def _slips(
    request: SchoolRequest,
    issued: list[Issued],
    *,
    back: str,
    left: list[PupilAccount] | None = None,
    class_name: str = "",
) -> HttpResponse:
    context = {
        "issued": issued,
        "left": left or [],
        "class_name": class_name,
        "back": back,
        "address": _address(request),
        "until": issued[0].user.code_until if issued else None,
    }
    return render(request, "accounts/slips.html", context)


def _address(request: SchoolRequest) -> str:
    """Where pupils find the library; nothing where the page was opened on the server itself, by a name of no use."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return "" if host in {"localhost", "127.0.0.1", "[::1]"} else request.build_absolute_uri("/")


def _managed(request: SchoolRequest, account_id: int) -> User:
    """The account, if this person manages it; any other is as if it did not exist."""
    found = get_object_or_404(User, pk=account_id)
    if not may_manage(request.user, found):
        raise Http404
    return found


def _class(request: SchoolRequest, class_id: int) -> NamedClass:
    found = next((row for row in classes_on(request.reference, timezone.localdate()) if row.pk == class_id), None)
    if found is None:
        raise Http404
    return found
