"""URLs of standards."""

from django.urls import path

from reports.views import standards

app_name = "standards"
urlpatterns = [
    path("", standards.overview, name="overview"),
    path("export/", standards.export, name="export"),
    path("buy/", standards.buy, name="buy"),
    path("choose/", standards.choose, name="choose"),
    path("new/", standards.new, name="new"),
    path("<int:standard_id>/", standards.edit, name="edit"),
    path("<int:standard_id>/remove/", standards.remove, name="remove"),
    path("enter/<str:measure>/", standards.enter, name="enter"),
]
