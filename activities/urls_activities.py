"""URLs of activities."""

from django.urls import path

from activities.views import activities

app_name = "activities"
urlpatterns = [
    path("", activities.activity_list, name="list"),
    path("<int:activity_id>/", activities.activity, name="activity"),
]
