"""URLs of reading groups."""

from django.urls import path

from activities.views import groups

app_name = "groups"
urlpatterns = [
    path("", groups.group_list, name="groups"),
    path("new/", groups.new, name="new"),
    path("semester/", groups.overview, name="overview"),
    path("<int:group_id>/", groups.group, name="group"),
    path("<int:group_id>/edit/", groups.edit, name="edit"),
    path("<int:group_id>/end/", groups.end, name="end"),
    path("<int:group_id>/class/<int:class_id>/", groups.members, name="members"),
    path("<int:group_id>/meetings/", groups.add_meeting, name="add_meeting"),
    path("<int:group_id>/meetings/<int:meeting_id>/", groups.meeting, name="meeting"),
    path("<int:group_id>/meetings/<int:meeting_id>/drop/", groups.drop, name="drop"),
]
