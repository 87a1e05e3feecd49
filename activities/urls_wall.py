"""URLs of the walls; each name stands in `library_site.access`."""

from django.urls import path

from activities.views import wall

app_name = "wall"
urlpatterns = [
    path("", wall.of_school, name="school"),
    path("word/", wall.word, name="word"),
    path("<int:class_id>/", wall.of_class, name="of_class"),
]
