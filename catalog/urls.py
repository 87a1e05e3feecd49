"""URLs of the catalogue."""

from django.urls import path

from catalog.views import search

app_name = "catalog"
urlpatterns = [
    path("catalogue/", search.search, name="search"),
    path("catalogue/<int:title_id>/", search.title, name="title"),
]
