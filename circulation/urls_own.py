"""URLs of self-service: about oneself only."""

from django.urls import path

from circulation.views import own

app_name = "own"
urlpatterns = [
    path("", own.overview, name="overview"),
    path("history/", own.history, name="history"),
    path("charges/", own.charges, name="charges"),
    path("loans/<int:loan_id>/renew/", own.renew_one, name="renew"),
    path("loans/renew/", own.renew_every, name="renew_all"),
    path("reserve/<int:title_id>/", own.reserve, name="reserve"),
    path("reservations/<int:reservation_id>/cancel/", own.cancel_turn, name="cancel"),
]
