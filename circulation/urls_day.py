"""URLs of the librarian's day."""

from django.urls import path

from circulation.views import day

app_name = "day"
urlpatterns = [
    path("", day.closing, name="closing"),
    path("exceptions/", day.exceptions, name="exceptions"),
]
