"""URLs of copies."""

from django.urls import path

from catalog.views import copies, copy_lists

app_name = "copies"
urlpatterns = [
    path("move/", copy_lists.move, name="move"),
    path("sets/", copy_lists.sets, name="sets"),
    path("sets/export/", copy_lists.export_sets, name="export_sets"),
    path("title/<int:title_id>/", copies.of_title, name="of_title"),
    path("title/<int:title_id>/add/", copies.add, name="add"),
    path("<int:copy_id>/", copies.copy, name="copy"),
    path("<int:copy_id>/barcode/", copies.barcode, name="barcode"),
    path("<int:copy_id>/state/", copies.state, name="state"),
    path("<int:copy_id>/delete/", copies.delete, name="delete"),
]
