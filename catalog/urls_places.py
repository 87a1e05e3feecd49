"""URLs of places and shelves."""

from django.urls import path

from catalog.views import places

app_name = "places"
urlpatterns = [
    path("", places.overview, name="overview"),
    path("new/", places.new, name="new"),
    path("<int:location_id>/", places.place, name="place"),
    path("<int:location_id>/remove/", places.remove, name="remove"),
    path("<int:location_id>/shelves/", places.add_shelf, name="add_shelf"),
    path("shelf/<int:shelf_id>/", places.shelf, name="shelf"),
    path("shelf/<int:shelf_id>/remove/", places.shelf_away, name="shelf_away"),
]
