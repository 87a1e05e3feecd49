"""URLs of the pupils' reading records."""

from django.urls import path

from reports.views import pupil_records

app_name = "pupil_records"
urlpatterns = [
    path("", pupil_records.overview, name="overview"),
    path("print/", pupil_records.print_all, name="print_all"),
    path("export/", pupil_records.export_all, name="export_all"),
    path("<int:class_id>/", pupil_records.record, name="record"),
    path("<int:class_id>/export/", pupil_records.export, name="export"),
]
