"""URLs of judging."""

from django.urls import path

from activities.views import judges, judging

app_name = "judging"
urlpatterns = [
    path("", judging.mine, name="mine"),
    path("<int:activity_id>/", judging.start, name="start"),
    path("<int:activity_id>/<int:number>/", judging.judge, name="work"),
    path("<int:activity_id>/judges/", judges.judges, name="judges"),
    path("<int:activity_id>/judges/<int:judge_id>/remove/", judges.remove, name="remove"),
]
