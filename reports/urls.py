"""URLs of reports."""

from django.urls import path

from reports.views import glance

app_name = "reports"
urlpatterns = [
    path("semester/", glance.glance, name="glance"),
]
