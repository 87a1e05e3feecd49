"""URLs of the catalogue."""

from django.urls import path

from catalog.views import labels, search

app_name = "catalog"
urlpatterns = [
    path("labels/", labels.labels, name="labels"),
    path("catalogue/", search.search, name="search"),
    path("catalogue/<int:title_id>/", search.title, name="title"),
]
