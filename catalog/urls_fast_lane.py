"""URLs of the fast lane."""

from django.urls import path

from catalog.views import fast_lane

app_name = "fast_lane"
urlpatterns = [
    path("", fast_lane.page, name="page"),
    path("scan/", fast_lane.scan, name="scan"),
    path("open/", fast_lane.open_chosen, name="open"),
    path("undo/", fast_lane.undo, name="undo"),
]
