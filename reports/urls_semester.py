"""URLs of the semester report."""

from django.urls import path

from reports.views import glance

app_name = "semester_report"
urlpatterns = [
    path("", glance.glance, name="report"),
]
