"""URLs of the register of honours."""

from django.urls import path

from activities.views import honours

app_name = "honours"
urlpatterns = [
    path("", honours.register, name="register"),
    path("own/", honours.own, name="own"),
    path("new/", honours.enter, name="enter"),
    path("export/", honours.export, name="export"),
    path("<int:honour_id>/", honours.correct, name="correct"),
    path("<int:honour_id>/revoke/", honours.revoke, name="revoke"),
]
