"""The options of lending."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circulation.forms.lending_options import LendingOptionsForm
from circulation.operations.lending_options import change_lending_options
from circulation.queries.settings import options
from library_site.http import SchoolRequest


@require_http_methods(["GET", "POST"])
def lending_options(request: SchoolRequest) -> HttpResponse:
    """The options, shown and changed."""
    now = options(request.reference)
    initial = {name: getattr(now, name) for name in LendingOptionsForm.base_fields}
    form = LendingOptionsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        address = request.META.get("REMOTE_ADDR")
        change_lending_options(values=form.cleaned_data, by=request.user, address=address)
        messages.success(request, _("Saved."))
        return redirect("calendar:options")
    return render(request, "circulation/calendar/options.html", {"form": form}, status=422 if form.errors else 200)
