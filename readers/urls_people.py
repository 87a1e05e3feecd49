"""URLs of the library's people and rules."""

from django.urls import path

from readers.views.governance import leading_group, meetings, regulations

app_name = "people"
urlpatterns = [
    path("group/", leading_group.group, name="group"),
    path("group/new/", leading_group.member, name="member_new"),
    path("group/<int:member_id>/", leading_group.member, name="member"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/<str:kind>/", meetings.new_meeting, name="meeting_new"),
    path("meetings/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<int:meeting_id>/edit/", meetings.edit_meeting, name="meeting_edit"),
    path("rules/", regulations.rules, name="rules"),
    path("rules/new/", regulations.edit_rule, name="rule_new"),
    path("rules/usual/", regulations.preset_rules, name="preset_rules"),
    path("rules/<int:regulation_id>/", regulations.rule, name="rule"),
    path("rules/<int:regulation_id>/edit/", regulations.edit_rule, name="rule_edit"),
    path("study/", regulations.study, name="study"),
    path("study/add/", regulations.study_add, name="study_add"),
    path("study/<int:study_id>/remove/", regulations.study_away, name="study_away"),
    path("development/", leading_group.development, name="development"),
    path("development/new/", leading_group.record, name="record_new"),
    path("development/<int:record_id>/", leading_group.record, name="record"),
    path("development/<int:record_id>/remove/", leading_group.record_away, name="record_away"),
]
