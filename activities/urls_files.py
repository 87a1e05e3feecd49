"""URLs of stored files."""

from django.urls import path

from activities.views import files

app_name = "files"
urlpatterns = [
    path("<int:file_id>/<slug:version>/", files.file, name="file"),
    path("<int:file_id>/<slug:version>/small/", files.preview, name="preview"),
]
