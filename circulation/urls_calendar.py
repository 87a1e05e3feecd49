"""URLs of the calendar of opening days, and of the options of lending."""

from django.urls import path

from circulation.views import lending_options
from circulation.views.calendar import closures, opening, year

app_name = "calendar"
urlpatterns = [
    path("", year.year, name="year"),
    path("day/<str:day>/", year.day, name="day"),
    path("closures/", closures.closures, name="closures"),
    path("closures/new/", closures.new, name="closure_new"),
    path("closures/<int:closure_id>/", closures.closure, name="closure"),
    path("closures/<int:closure_id>/away/", closures.away, name="closure_away"),
    path("due/", closures.due, name="due"),
    path("hours/", opening.hours, name="hours"),
    path("hours/of/", opening.hours_of, name="hours_of"),
    path("recall/", opening.recalls, name="recalls"),
    path("recall/<int:semester_id>/", opening.recall, name="recall"),
    path("holidays/<int:year>/", opening.holidays, name="holidays"),
    path("options/", lending_options.lending_options, name="options"),
]
