"""URLs of copy cataloguing: looking books up at other libraries, and the servers that are asked."""

from django.urls import path

from catalog.views import copy_cataloguing, servers

app_name = "sru"
urlpatterns = [
    path("", servers.overview, name="overview"),
    path("lookup/", copy_cataloguing.lookup, name="lookup"),
    path("new/", servers.new, name="new"),
    path("public/", servers.add_public, name="public"),
    path("<int:server_id>/", servers.server, name="server"),
    path("<int:server_id>/move/", servers.move, name="move"),
    path("<int:server_id>/test/", servers.test, name="test"),
    path("<int:server_id>/remove/", servers.remove, name="remove"),
]
