"""URLs of the results of an activity."""

from django.urls import path

from activities.views import prizes, results

app_name = "results"
urlpatterns = [
    path("<int:activity_id>/results/", results.results, name="results"),
    path("<int:activity_id>/results/board/", results.board, name="board"),
    path("<int:activity_id>/results/export/", results.export, name="export"),
    path("<int:activity_id>/results/scores/", prizes.scores, name="scores"),
    path("<int:activity_id>/results/prizes/", prizes.prizes, name="prizes"),
    path("<int:activity_id>/results/deal/", prizes.deal, name="deal"),
    path("<int:activity_id>/results/give/", prizes.give, name="give"),
    path("<int:activity_id>/results/people/", prizes.people, name="people"),
    path("<int:activity_id>/results/publish/", prizes.publish, name="publish"),
    path("<int:activity_id>/results/<int:result_id>/take/", prizes.take, name="take"),
]
