from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format


def home(request: HttpRequest) -> HttpResponse:
    """Where a person lands after login: the pages of their role."""
    return render(request, "home.html", {"today": date_format(timezone.localdate(), "DATE_FORMAT")})
