"""URLs of the amounts of reading."""

from django.urls import path

from activities.views import quotas

app_name = "quotas"
urlpatterns = [
    path("", quotas.quotas, name="quotas"),
    path("new/", quotas.new, name="new"),
    path("<int:quota_id>/", quotas.quota, name="quota"),
    path("<int:quota_id>/remove/", quotas.remove, name="remove"),
]
