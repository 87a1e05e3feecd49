"""URLs of MARC records."""

from django.urls import path

from catalog.views import marc

app_name = "marc"
urlpatterns = [
    path("export/", marc.export, name="export"),
]
