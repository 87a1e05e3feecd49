from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from library_site.queries import school
from library_site.setup.forms import FirstStartForm
from library_site.setup.operations import AlreadySetUp, set_up_school

BACKEND = "library_site.authentication.AccountBackend"


@sensitive_post_parameters("password", "password_again")
def first_start(request: HttpRequest) -> HttpResponse:
    """The guide before everything else; it is gone once the school is set up."""
    if school(request.reference) is not None:  # type: ignore[attr-defined]
        raise Http404
    form = FirstStartForm(request.POST or None, today=timezone.localdate())
    if not form.is_valid():
        return render(request, "setup/first_start.html", {"form": form})
    try:
        user = set_up_school(form.plan(), address=request.META.get("REMOTE_ADDR"))
    except AlreadySetUp:
        messages.warning(request, _("Somebody else has just set the school up. Nothing of yours was saved."))
        return redirect("login")
    login(request, user, backend=BACKEND)
    messages.success(request, _("The school is set up, and you are logged in."))
    return redirect("home")
