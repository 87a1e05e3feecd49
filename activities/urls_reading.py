"""URL of the page "Reading activities"."""

from django.urls import path

from activities.views import hub

app_name = "reading"
urlpatterns = [path("", hub.hub, name="hub")]
