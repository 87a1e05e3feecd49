"""URLs of cataloguing: the way to all its pages, and the records of titles."""

from django.urls import path

from catalog.views import hub, merging, titles

app_name = "records"
urlpatterns = [
    path("", hub.hub, name="hub"),
    path("new/", titles.new, name="new"),
    path("isbn/", titles.isbn, name="isbn"),
    path("<int:title_id>/", titles.edit, name="edit"),
    path("<int:title_id>/merge/", merging.merge, name="merge"),
    path("<int:title_id>/delete/", merging.delete, name="delete"),
]
