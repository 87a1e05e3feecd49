"""URLs of what is known about one person, and of forgetting it."""

from django.urls import path

from circulation.views import privacy

app_name = "privacy"
urlpatterns = [
    path("readers/<int:reader_id>/history/", privacy.history, name="history"),
    path("readers/<int:reader_id>/export/", privacy.export, name="export"),
    path("readers/<int:reader_id>/erase/", privacy.erase, name="erase"),
    path("settings/retention/", privacy.retention, name="retention"),
]
