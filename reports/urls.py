"""URLs of the dashboard; each report has a module of its own."""

from django.urls import path

from reports.views import dashboard

app_name = "reports"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("export/", dashboard.export, name="export_dashboard"),
]
