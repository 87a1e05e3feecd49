"""URLs of the bulletin of new books."""

from django.urls import path

from activities.views import bulletin

app_name = "bulletin"
urlpatterns = [
    path("", bulletin.bulletin, name="bulletin"),
    path("export/", bulletin.export, name="export"),
    path("to-list/", bulletin.to_list, name="to_list"),
]
