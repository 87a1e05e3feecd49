"""URLs of gifts of books."""

from django.urls import path

from activities.views import donations

app_name = "donations"
urlpatterns = [
    path("", donations.register, name="register"),
    path("new/", donations.new, name="new"),
    path("export/", donations.export, name="export"),
    path("by-class/", donations.by_class, name="by_class"),
    path("by-class/export/", donations.export_by_class, name="export_by_class"),
    path("hand-over/", donations.hand_over_chosen, name="hand_over"),
    path("thanks/", donations.thanks, name="thanks"),
    path("thanked/", donations.thanked, name="thanked"),
    path("<int:donation_id>/", donations.donation, name="donation"),
    path("<int:donation_id>/edit/", donations.edit, name="edit"),
    path("<int:donation_id>/add/", donations.add, name="add"),
    path("<int:donation_id>/take/", donations.take, name="take"),
    path("<int:donation_id>/delete/", donations.delete, name="delete"),
    path("book/<int:book_id>/fate/", donations.fate, name="fate"),
    path("book/<int:book_id>/drop/", donations.drop, name="drop"),
]
