"""URLs of visits to the reading rooms."""

from django.urls import path

from circulation.views import visit_figures, visit_periods, visits

app_name = "visits"
urlpatterns = [
    path("", visits.page, name="page"),
    path("scan/", visits.scan, name="scan"),
    path("class/", visits.of_class, name="of_class"),
    path("<int:visit_id>/void/", visits.void, name="void"),
    path("periods/", visit_periods.periods, name="periods"),
    path("periods/new/", visit_periods.new_period, name="new_period"),
    path("periods/export/", visit_periods.export_periods, name="export_periods"),
    path("periods/<int:visit_id>/remove/", visit_periods.remove, name="remove"),
    path("figures/", visit_figures.figures, name="figures"),
    path("figures/export/<str:what>/", visit_figures.export_figures, name="export_figures"),
]
