"""Signs for shelves and classes, to be printed and hung up."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.forms.shelf_signs import SignsForm
from catalog.queries.shelf_signs import Sign, class_signs, shelf_signs, unknown_classes
from library_site.http import SchoolRequest


@require_safe
def signs(request: SchoolRequest) -> HttpResponse:
    """The signs asked for, one to a page of A4 or A5, lying."""
    form = SignsForm(request.GET.dict())
    found: list[Sign] | None = None
    unknown: list[str] = []
    if form.is_valid():
        asked = form.cleaned_data
        if asked.get("place"):
            found = shelf_signs(asked["place"].pk)
        elif "classes" in asked:
            found, unknown = class_signs(asked["classes"]), unknown_classes(asked["classes"])
    size = form.cleaned_data.get("size") or "a4"
    context = {"form": form, "signs": found, "unknown": unknown, "size": size, "sheet": f"css/sign_{size}.css"}
    return render(request, "catalog/labels/signs.html", context)
