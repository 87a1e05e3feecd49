"""URLs of the class and grade tables."""

from django.urls import path

from reports.views import class_report, own_class

app_name = "class_report"
urlpatterns = [
    path("", class_report.table, name="table"),
    path("export/", class_report.export, name="export"),
    path("contest/", class_report.contest, name="contest"),
    path("contest/export/", class_report.export_contest, name="export_contest"),
    path("own/", own_class.own, name="own"),
    path("own/nothing/", own_class.nothing, name="nothing"),
    path("<int:class_id>/", class_report.school_class, name="school_class"),
]
