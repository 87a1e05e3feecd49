"""URLs of consents; each name stands in `library_site.access`."""

from django.urls import path

from activities.views import consents

app_name = "consents"
urlpatterns = [
    path("", consents.overview, name="overview"),
    path("<int:class_id>/", consents.of_class, name="of_class"),
    path("<int:class_id>/form/", consents.paper, name="paper"),
]
