"""The library's own page."""

from django.urls import path

from activities.views import library

app_name = "library"
urlpatterns = [
    path("", library.home, name="home"),
    path("screen/", library.screen, name="screen"),
]
