"""URLs of suspensions and blocks."""

from django.urls import path

from circulation.views import blocks

app_name = "blocks"
urlpatterns = [
    path("", blocks.overview, name="overview"),
    path("readers/<int:reader_id>/", blocks.reader, name="reader"),
    path("readers/<int:reader_id>/block/", blocks.stop, name="block"),
    path("readers/<int:reader_id>/unblock/", blocks.go_on, name="unblock"),
    path("readers/<int:reader_id>/lift/", blocks.forgive, name="lift"),
]
