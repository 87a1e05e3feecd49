"""URLs of the book drift."""

from django.urls import path

from activities.views import drift, drift_journey

app_name = "drift"
urlpatterns = [
    path("", drift.overview, name="overview"),
    path("export/", drift.export, name="export"),
    path("pass/", drift.passing, name="pass"),
    path("remarks/", drift.remarks, name="remarks"),
    path("remarks/<int:stop_id>/", drift.release, name="release"),
    path("new/<int:activity_id>/", drift.new, name="new"),
    path("cards/<int:activity_id>/", drift.cards, name="cards"),
    path("<int:book_id>/", drift_journey.journey, name="journey"),
    path("<int:book_id>/receive/", drift_journey.receive, name="receive"),
    path("<int:book_id>/remark/", drift_journey.remark, name="remark"),
    path("<int:book_id>/end/", drift.end, name="end"),
    path("<int:book_id>/take-back/", drift.take_back, name="take_back"),
]
