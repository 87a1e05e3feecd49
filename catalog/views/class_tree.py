"""The classification: what the class picker asks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.queries.class_search import find_classes
from library_site.http import SchoolRequest


@require_safe
def find(request: SchoolRequest) -> HttpResponse:
    """The classes that the picker offers for what is typed."""
    text = request.GET.get("q", "")
    found = find_classes(text, user_id=request.user.pk)
    return render(request, "catalog/clc/found.html", {"found": found, "text": text.strip()})
