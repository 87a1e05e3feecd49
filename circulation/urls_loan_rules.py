"""URLs of the loan rules."""

from django.urls import path

from circulation.views import loan_rules

app_name = "loan_rules"
urlpatterns = [
    path("", loan_rules.rules, name="rules"),
    path("new/", loan_rules.new, name="new"),
    path("<int:rule_id>/", loan_rules.edit, name="edit"),
    path("<int:rule_id>/delete/", loan_rules.delete, name="delete"),
]
