"""URLs of goals and definitions."""

from django.urls import path

from reports.views import goals

app_name = "goals"
urlpatterns = [
    path("", goals.goals, name="goals"),
    path("new/", goals.new, name="new"),
    path("<int:goal_id>/end/", goals.end, name="end"),
    path("definitions/", goals.definitions, name="definitions"),
]
