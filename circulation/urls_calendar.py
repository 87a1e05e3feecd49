"""URLs of the calendar of opening days, and of the options of lending."""

from django.urls import path

from circulation.views import lending_options

app_name = "calendar"
urlpatterns = [
    path("options/", lending_options.lending_options, name="options"),
]
