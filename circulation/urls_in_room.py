"""URLs of use in the room."""

from django.urls import path

from circulation.views import in_room

app_name = "in_room"
urlpatterns = [
    path("", in_room.overview, name="overview"),
    path("hand-out/", in_room.hand_out, name="hand_out"),
    path("<int:loan_id>/back/", in_room.back, name="back"),
]
