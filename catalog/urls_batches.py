"""URLs of batches."""

from django.urls import path

from catalog.views import batches

app_name = "batches"
urlpatterns = [
    path("", batches.batch_list, name="batches"),
    path("export/", batches.export, name="export"),
    path("<int:batch_id>/export/", batches.export_copies, name="export_copies"),
    path("new/", batches.new, name="new"),
    path("<int:batch_id>/", batches.batch, name="batch"),
    path("<int:batch_id>/edit/", batches.edit, name="edit"),
    path("<int:batch_id>/delete/", batches.delete, name="delete"),
]
