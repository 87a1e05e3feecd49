"""The page of the loan rules."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from circulation.models import LoanPolicy
from tests.factories.catalog import make_copy, make_location
from tests.factories.readers import make_reader

pytestmark = pytest.mark.django_db


def test_rule_from_a_day_on_is_entered_and_shown(client, library):
    client.force_login(library.librarian)
    old = LoanPolicy.objects.get(category="student")
    page = client.get(reverse("loan_rules:new", query={"like": old.pk}))
    assert page.context["form"].initial["max_loans"] == 2
    day = localdate() + timedelta(days=3)

    answer = client.post(
        reverse("loan_rules:new"),
        {"category": "student", "effective_from": day, "max_loans": 5, "loan_days": 21, "max_renewals": 1},
    )

    assert answer.status_code == 302
    assert LoanPolicy.objects.get(effective_from=day).max_loans == 5
    assert day.isoformat()[:4] in client.get(reverse("loan_rules:rules")).content.decode()


def test_refused_rule_says_why_at_its_field(client, library):
    client.force_login(library.librarian)
    data = {"category": "student", "effective_from": "2020-01-01", "max_loans": 5, "loan_days": 21, "max_renewals": 1}

    answer = client.post(reverse("loan_rules:new"), data)

    assert answer.status_code == 422
    assert answer.context["form"].errors["effective_from"]


def test_rule_in_force_cannot_be_edited_or_taken_back(client, library):
    client.force_login(library.librarian)
    rule = LoanPolicy.objects.get(category="student")
    data = {"category": "student", "effective_from": localdate(), "max_loans": 9, "loan_days": 9, "max_renewals": 1}

    assert client.post(reverse("loan_rules:edit", args=[rule.pk]), data).status_code == 422
    client.post(reverse("loan_rules:delete", args=[rule.pk]))

    assert LoanPolicy.objects.get(category="student").max_loans == rule.max_loans


def test_page_answers_which_rule_holds_for_a_card_and_a_barcode(client, library):
    client.force_login(library.librarian)
    make_reader(category="teacher", card="C001", name="李老师")
    make_copy("00000001", location=make_location("工具书室", circulates=False))

    answer = client.get(reverse("loan_rules:rules", query={"reader": "C001", "book": "00000001"}))

    assert [one.rule.max_loans for one in answer.context["answer"]["candidates"]] == [10]
    page = answer.content.decode()
    assert "李老师" in page
    assert "工具书室" in page


def test_page_says_so_when_nothing_is_known_of_a_code(client, library):
    client.force_login(library.librarian)

    answer = client.get(reverse("loan_rules:rules", query={"reader": "X", "book": "Y"}))

    assert answer.context["answer"]["reader_unknown"]
    assert answer.context["answer"]["book_unknown"]
    assert [one.rule.category for one in answer.context["answer"]["candidates"]] == ["student"]
