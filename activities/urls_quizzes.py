"""URLs of knowledge quizzes."""

from django.urls import path

from activities.views import quiz_keying, quiz_own, quiz_prizes, quizzes

app_name = "quizzes"
urlpatterns = [
    path("", quizzes.quiz_list, name="quizzes"),
    path("new/<int:activity_id>/", quizzes.new, name="new"),
    path("mine/", quiz_own.own, name="own"),
    path("<int:quiz_id>/", quizzes.quiz_page, name="quiz"),
    path("<int:quiz_id>/edit/", quizzes.edit, name="edit"),
    path("<int:quiz_id>/put/", quizzes.put, name="put"),
    path("<int:quiz_id>/arrange/", quizzes.arranged, name="arrange"),
    path("<int:quiz_id>/delete/", quizzes.delete, name="delete"),
    path("<int:quiz_id>/sheet/", quizzes.sheet, name="sheet"),
    path("<int:quiz_id>/key/", quizzes.key, name="key"),
    path("<int:quiz_id>/winners/", quiz_prizes.winners, name="winners"),
    path("<int:quiz_id>/by-question/", quiz_keying.by_question, name="by_question"),
    path("<int:quiz_id>/class/<int:class_id>/slips/", quizzes.answer_sheets, name="slips"),
    path("<int:quiz_id>/class/<int:class_id>/key-in/", quiz_keying.keying, name="key_in"),
    path("<int:quiz_id>/class/<int:class_id>/keyed/", quiz_keying.keyed, name="keyed"),
    path("<int:quiz_id>/class/<int:class_id>/take-back/", quiz_keying.taken_back, name="take_back"),
    path("<int:quiz_id>/class/<int:class_id>/points/", quiz_keying.points, name="points"),
    path("<int:quiz_id>/class/<int:class_id>/export/", quiz_keying.export, name="export"),
    path("<int:quiz_id>/begin/", quiz_own.started, name="begin"),
    path("<int:quiz_id>/take/", quiz_own.take, name="take"),
    path("<int:quiz_id>/save/", quiz_own.save, name="save"),
    path("<int:quiz_id>/hand-in/", quiz_own.handed_in, name="hand_in"),
    path("<int:quiz_id>/result/", quiz_own.result, name="result"),
]
