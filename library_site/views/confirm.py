"""Dangerous acts ask for the password again, unless it was given within the last minutes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

FRESH_SECONDS = 600
FIELD = "confirm_password"
_SESSION = "password_confirmed_at"

View = Callable[..., HttpResponseBase]


def confirms_password(view: View) -> View:
    """Decorator of a view whose POST is dangerous: a reset, a change of roles, an erasure, a restore.

    A POST is held back behind a page that asks for the password of whoever is logged in, and goes on with what was
    posted once it is right; that holds for ten minutes in this session. A GET changes nothing and is not asked for.
    Wrong passwords count as at login, and lock the account for this address. Files cannot be held back: a POST with
    files leads back to its own page after the password.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or is_fresh(request):
            return view(request, *args, **kwargs)
        password = request.POST.get(FIELD)
        if password is None or not _is_right(request, password):
            return _ask(request, wrong=password is not None)
        request.session[_SESSION] = timezone.now().timestamp()
        if "confirm_again" in request.POST:
            messages.info(request, _("The password is right. Choose the file again."))
            return redirect(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def is_fresh(request: HttpRequest) -> bool:
    """Whether the password was given within the last ten minutes of this session."""
    given = request.session.get(_SESSION, 0)
    return 0 <= timezone.now().timestamp() - given < FRESH_SECONDS


def _is_right(request: HttpRequest, password: str) -> bool:
    return authenticate(request, username=request.user.get_username(), password=password) == request.user


def _ask(request: HttpRequest, *, wrong: bool) -> HttpResponse:
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {FIELD, "csrfmiddlewaretoken"}
        for value in values
    ]
    if request.FILES:
        carried = [("confirm_again", "1")]
    context = {"carried": carried, "wrong": wrong, "field": FIELD}
    return render(request, "account/confirm.html", context, status=403 if wrong else 200)
