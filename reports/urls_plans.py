"""URLs of work plans."""

from django.urls import path

from reports.views import plan_lines, plans

app_name = "plans"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("begin/", plans.begin, name="begin"),
    path("<int:semester_id>/", plans.plan, name="plan"),
    path("<int:semester_id>/word/", plans.word, name="word"),
    path("<int:semester_id>/words/", plans.words, name="words"),
    path("<int:semester_id>/aims/new/", plan_lines.new_aim, name="aim_new"),
    path("<int:semester_id>/items/new/", plan_lines.new_item, name="item_new"),
    path("aims/<int:aim_id>/", plan_lines.aim, name="aim"),
    path("items/<int:item_id>/", plan_lines.item, name="item"),
    path("items/<int:item_id>/tick/", plans.tick, name="tick"),
    path("<str:kind>/<int:line_id>/up/", plan_lines.up, name="up"),
    path("<str:kind>/<int:line_id>/remove/", plan_lines.remove, name="remove"),
]
