"""URLs of the semester report."""

from django.urls import path

from reports.views import semester_closing, semester_entering, semester_report

app_name = "semester_report"
urlpatterns = [
    path("", semester_report.report, name="report"),
    path("export/", semester_report.export, name="export"),
    path("figure/<str:code>/", semester_report.figure, name="figure"),
    path("<int:semester_id>/enter/", semester_entering.enter_all, name="enter_all"),
    path("<int:semester_id>/enter/<str:code>/", semester_entering.enter, name="enter"),
    path("<int:semester_id>/take-back/<str:code>/", semester_entering.take_back, name="take_back"),
    path("<int:semester_id>/recount/", semester_closing.recount, name="recount"),
    path("<int:semester_id>/close/", semester_closing.close, name="close"),
]
