from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Where a person lands after login: the pages of their role."""
    return render(request, "home.html")
