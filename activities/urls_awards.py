"""URLs of awards."""

from django.urls import path

from activities.views import award_rules, awards

app_name = "awards"
urlpatterns = [
    path("", awards.overview, name="overview"),
    path("rules/new/", award_rules.new, name="rule_new"),
    path("rules/<int:rule_id>/", award_rules.edit, name="rule"),
    path("rules/<int:rule_id>/propose/", awards.propose, name="propose"),
    path("<int:run_id>/", awards.run, name="run"),
    path("<int:run_id>/add/", awards.add, name="add"),
    path("<int:run_id>/announce/", awards.announce, name="announce"),
    path("<int:run_id>/announcement/", awards.announcement, name="announcement"),
    path("lines/<int:line_id>/", awards.decide, name="decide"),
]
