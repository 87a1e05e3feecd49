"""URLs of the page that leads to all around lending."""

from django.urls import path

from circulation.views import hub

app_name = "lending"
urlpatterns = [path("", hub.hub, name="hub")]
