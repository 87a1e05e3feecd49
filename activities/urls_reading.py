"""URLs of the page "Reading activities", and of its options."""

from django.urls import path

from activities.views import hub, settings

app_name = "reading"
urlpatterns = [path("", hub.hub, name="hub"), path("options/", settings.options, name="options")]
