"""URLs of cataloguing: the way to all its pages, and the records of titles."""

from django.urls import path

from catalog.views import hub

app_name = "records"
urlpatterns = [
    path("", hub.hub, name="hub"),
]
