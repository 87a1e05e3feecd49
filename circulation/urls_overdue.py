"""URLs of books that are to come back."""

from django.urls import path

from circulation.views import late_totals, overdue

app_name = "overdue"
urlpatterns = [
    path("", overdue.overdue, name="overdue"),
    path("export/", overdue.export, name="export"),
    path("slips/", overdue.slips, name="slips"),
    path("letters/", overdue.letters, name="letters"),
    path("chat/", overdue.chat, name="chat"),
    path("remind/", overdue.remind, name="remind"),
    path("recall/", overdue.recall, name="recall"),
    path("totals/", late_totals.totals, name="totals"),
    path("totals/export/", late_totals.export_totals, name="export_totals"),
    path("clear/<int:reader_id>/", late_totals.clear, name="clear"),
]
