"""URLs of room care."""

from django.urls import path

from reports.views import care

app_name = "care"
urlpatterns = [
    path("", care.register, name="register"),
    path("export/", care.export, name="export"),
    path("enter/", care.enter, name="enter"),
    path("<int:care_id>/", care.correct, name="correct"),
    path("<int:care_id>/remove/", care.remove, name="remove"),
]
