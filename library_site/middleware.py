"""What every request passes: the school's options at hand, first start before all else, rights by the one table."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from library_site.access import may_open, scope_of
from library_site.queries import school
from library_site.shared.reference import current_reference

GetResponse = Callable[[HttpRequest], HttpResponse]


def is_fragment(request: HttpRequest) -> bool:
    """Whether part of a page is asked for: it must not be replaced by the login page; the page itself goes there."""
    return bool(request.headers.get("HX-Request") or request.headers.get("X-Desk"))


class ServerTimingMiddleware:
    """Says in `Server-Timing` how many milliseconds the answer took; `tests/benchmarks` and browsers read it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.get_response(request)
        response.headers["Server-Timing"] = f"app;dur={(perf_counter() - began) * 1000:.1f}"
        return response


class MethodMiddleware:
    """Pages are asked for and forms are sent; a view never sees another method, which it might take for a GET."""

    allowed = ("GET", "HEAD", "POST", "OPTIONS")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in self.allowed:
            return HttpResponseNotAllowed(self.allowed)
        return self.get_response(request)


class ReferenceMiddleware:
    """Gives the request `request.reference`; asked for at most once, and only if something uses it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = SimpleLazyObject(current_reference)  # type: ignore[attr-defined]
        return self.get_response(request)


class FirstStartMiddleware:
    """Until the school is set up, every page leads to the first-start guide."""

    allowed = {"first_start", "set_language"}

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name in self.allowed or school(request.reference) is not None:  # type: ignore[attr-defined]
            return None
        return redirect("first_start")


class OwnPasswordMiddleware:
    """Whoever logged in by a code from paper chooses a password first; until then no other page opens."""

    allowed = {"first_password", "logout", "set_language", "login"}

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match, user = request.resolver_match, request.user
        if not user.is_authenticated or user.code_until is None or (match and match.view_name in self.allowed):
            return None
        if is_fragment(request):
            return HttpResponse(status=401, headers={"HX-Redirect": reverse("first_password")})
        return redirect("first_password")


class AccessMiddleware:
    """Denies by default: a view runs only if `library_site.access` lets this person open its URL name."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        user = request.user
        roles = frozenset(user.roles) if user.is_authenticated else None
        request.scope = scope_of(name, roles) if roles else None  # type: ignore[attr-defined]
        options = school(request.reference)  # type: ignore[attr-defined]
        public_search = options is not None and options.public_search
        if may_open(name, roles, public_search=public_search, debug=settings.DEBUG):
            return None
        if roles is None:
            return self._to_login(request)
        raise PermissionDenied

    def _to_login(self, request: HttpRequest) -> HttpResponse:
        if is_fragment(request):
            return HttpResponse(status=401, headers={"HX-Redirect": reverse("login")})
        answer = redirect_to_login(request.get_full_path())
        assert isinstance(answer, HttpResponseRedirect)
        return answer
