"""Numbers before the books come: drawn, printed, and stuck on when they arrive."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.forms.labels import NumbersForm
from catalog.operations.labels import draw_numbers
from catalog.queries.labels import printed_numbers
from library_site.http import SchoolRequest
from readers.views.told import address_of


@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: SchoolRequest) -> HttpResponse:
    """Draws numbers and shows their labels; earlier ones can be printed again."""
    form = NumbersForm(request.POST or None)
    if form.is_bound and form.is_valid():
        row = draw_numbers(count=form.cleaned_data["count"], by=request.user, address=address_of(request))
        ends = {"first": row.numbers[0], "last": row.numbers[-1]}
        messages.success(request, _("Numbers %(first)s to %(last)s are set aside for these labels.") % ends)
        return redirect(reverse("labels:labels", query={"what": "numbers", "numbers": row.pk}))
    context = {"form": form, "rows": printed_numbers()}
    return render(request, "catalog/labels/numbers.html", context, status=422 if form.is_bound else 200)
