"""URLs of covers."""

from django.urls import path

from catalog.views import covers

app_name = "covers"
urlpatterns = [
    path("<int:title_id>/<str:version>/", covers.image, name="image"),
]
