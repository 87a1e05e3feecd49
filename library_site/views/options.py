from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from library_site.forms.options import OptionsForm
from library_site.http import SchoolRequest
from library_site.models import School
from library_site.operations.options import change_options


@require_http_methods(["GET", "POST"])
def options(request: SchoolRequest) -> HttpResponse:
    """The school's options, shown and changed."""
    school = get_object_or_404(School, pk=1)
    form = OptionsForm(request.POST or None, instance=school)
    if request.method == "POST" and form.is_valid():
        change_options(values=form.cleaned_data, by=request.user, address=request.META.get("REMOTE_ADDR"))
        messages.success(request, _("Saved."))
        return redirect("options")
    return render(request, "options.html", {"form": form})
