"""URLs of activities."""

from django.urls import path

from activities.views import activities, planning, registration, sessions, settings, summary

app_name = "activities"
urlpatterns = [
    path("", activities.activity_list, name="list"),
    path("new/", planning.new, name="new"),
    path("kinds/", settings.kinds, name="kinds"),
    path("kinds/<int:kind_id>/", settings.kind, name="kind"),
    path("kinds/<int:kind_id>/up/", settings.kind_up, name="kind_up"),
    path("<int:activity_id>/", activities.activity, name="activity"),
    path("<int:activity_id>/edit/", planning.edit, name="edit"),
    path("<int:activity_id>/picture/", activities.picture, name="picture"),
    path("<int:activity_id>/parts/new/", planning.new_part, name="new_part"),
    path("<int:activity_id>/copy/", planning.copy, name="copy"),
    path("<int:activity_id>/step/", planning.step, name="step"),
    path("<int:activity_id>/delete/", planning.delete, name="delete"),
    path("<int:activity_id>/register/", registration.register, name="register"),
    path("<int:activity_id>/unregister/", registration.unregister, name="unregister"),
    path("<int:activity_id>/people/", registration.people, name="people"),
    path("<int:activity_id>/people/export/", registration.export, name="export"),
    path("<int:activity_id>/people/numbers/", registration.numbers, name="numbers"),
    path("<int:activity_id>/people/group/", registration.group, name="group"),
    path("<int:activity_id>/people/class/<int:class_id>/", registration.of_class, name="of_class"),
    path("<int:activity_id>/people/<int:registration_id>/back/", registration.take_back, name="take_back"),
    path("<int:activity_id>/sessions/", sessions.sessions, name="sessions"),
    path("<int:activity_id>/sessions/week/", sessions.week, name="week"),
    path("<int:activity_id>/sessions/<int:session_id>/drop/", sessions.drop, name="drop_session"),
    path("<int:activity_id>/summary/", summary.summary, name="summary"),
    path("<int:activity_id>/record/", summary.record, name="record"),
]
