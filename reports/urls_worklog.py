"""URLs of the work log."""

from django.urls import path

from reports.views import worklog

app_name = "worklog"
urlpatterns = [
    path("", worklog.log, name="log"),
    path("export/", worklog.export, name="export"),
]
