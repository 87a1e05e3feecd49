"""URLs of posters."""

from django.urls import path

from activities.views import posters

app_name = "posters"
urlpatterns = [path("", posters.posters, name="posters")]
