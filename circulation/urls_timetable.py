"""URLs of the lending timetable."""

from django.urls import path

from circulation.views import timetable, visit_figures

app_name = "timetable"
urlpatterns = [
    path("", timetable.timetable, name="timetable"),
    path("add/", timetable.add, name="add"),
    path("new/", timetable.begin, name="begin"),
    path("wall/", timetable.wall, name="wall"),
    path("classes/", timetable.classes, name="classes"),
    path("missed/", visit_figures.missed, name="missed"),
    path("missed/export/", visit_figures.export_missed, name="export_missed"),
    path("<int:period_id>/", timetable.period, name="period"),
    path("<int:period_id>/remove/", timetable.remove, name="remove"),
]
