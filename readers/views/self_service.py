"""Which grades log in themselves: the page that chooses, and the door that shows the others out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from library_site.http import SchoolRequest
from library_site.middleware import GetResponse, is_fragment
from readers.forms.accounts import SelfServiceForm
from readers.operations.self_service import open_self_service
from readers.queries.classes import grade_names
from readers.queries.self_service import closed_grades, is_closed_for


class SelfServiceMiddleware:
    """A pupil of a grade that does not log in is logged out by the next page asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        user, reference = request.user, request.reference  # type: ignore[attr-defined]
        if not user.is_authenticated or not is_closed_for(user, reference, timezone.localdate()):
            return None
        logout(request)
        messages.info(request, _("Pupils of your grade do not log in themselves. Ask the librarian."))
        if is_fragment(request):
            return HttpResponse(status=401, headers={"HX-Redirect": reverse("login")})
        return redirect("login")


@require_http_methods(["GET", "POST"])
def self_service(request: SchoolRequest) -> HttpResponse:
    """The grades whose pupils may log in."""
    grades = grade_names(request.reference)
    form = SelfServiceForm(request.POST or None, grades=grades, closed=closed_grades(request.reference))
    if request.method == "POST" and form.is_valid():
        open_self_service(grades=form.opened(), by=request.user, address=request.META.get("REMOTE_ADDR"))
        messages.success(request, _("Saved; it holds at once, also for who is logged in."))
        return redirect("accounts:self_service")
    return render(request, "accounts/self_service.html", {"form": form}, status=422 if form.errors else 200)
