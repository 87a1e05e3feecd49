"""URLs of covers."""

from django.urls import path

from catalog.views import covers

app_name = "covers"
urlpatterns = [
    path("<int:title_id>/", covers.edit, name="edit"),
    path("<int:title_id>/from-record/", covers.from_record, name="from_record"),
    path("<int:title_id>/remove/", covers.remove, name="remove"),
    path("<int:title_id>/image/<str:version>/", covers.image, name="image"),
]
