"""The page of the loan rules."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from circulation.models import LoanPolicy
from circulation.queries.settings import options
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_policy
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


RULE = {"category": "student", "effective_from": "", "max_loans": 5, "loan_days": 21, "max_renewals": 1}


def post_rule(client, **values):
    return client.post(reverse("loan_rules:new"), {**RULE, "effective_from": localdate(), **values})


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("fee_per_day", {"overdue_cost": "money", "fee_per_day": "-1", "fee_cap": "5"}),
        ("fee_per_day", {"overdue_cost": "money", "fee_per_day": "0", "fee_cap": "5"}),
        ("fee_cap", {"overdue_cost": "money", "fee_per_day": "0.5", "fee_cap": "0.1"}),
        ("suspension_cap", {"overdue_cost": "suspension", "suspension_cap": "900"}),
        ("lost_multiple", {"lost_multiple": "11"}),
        ("owes_at_most", {"owes_at_most": "0"}),
        ("loan_days", {"loan_days": "0"}),
        ("max_loans", {"max_loans": "-1"}),
    ],
)
def test_terms_out_of_bounds_are_refused_at_their_field(client, library, field, values):
    client.force_login(library.librarian)

    answer = post_rule(client, **values)

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]


@pytest.mark.cases("PO-4")
def test_second_rule_of_a_day_is_refused_at_the_field(client, library, transactional_db):
    client.force_login(library.librarian)
    assert post_rule(client).status_code == 302

    answer = post_rule(client, max_loans=9)

    assert answer.context["form"].errors["effective_from"]
    assert LoanPolicy.objects.get(effective_from=localdate()).max_loans == 5


def test_fields_of_the_chosen_cost_are_marked_for_the_style_sheet(client, library):
    client.force_login(library.librarian)

    page = client.get(reverse("loan_rules:new")).content.decode()

    assert "cost-suspension" in page
    assert "loan_rules.css" in page


def test_page_says_what_overdue_would_cost_and_when_the_book_is_due(client, library):
    client.force_login(library.librarian)
    make_policy(
        "teacher", effective_from=localdate(), material="book", loan_days=30, overdue_cost="suspension",
        suspension_per_day=2, suspension_cap=15, lost_multiple=2,
    )  # fmt: skip
    make_reader(category="teacher", card="C001", name="李老师")
    make_copy("00000001", price="20.00")

    answer = client.get(reverse("loan_rules:rules", query={"reader": "C001", "book": "00000001"}))

    terms = answer.context["answer"]["terms"]
    assert [line.cost.suspension_days for line in terms.costs] == [2, 10, 15, 15, 15]
    assert terms.lost == 40
    assert str(terms.due.on.year) in answer.content.decode()


def test_options_of_lending_are_changed_and_hold(client, library):
    client.force_login(library.librarian)
    values = {"pickup_days": 5, "card_fee": "2.50", "visits_per_week": 1, "periods_per_week": 1}

    assert client.post(reverse("calendar:options"), values).status_code == 302

    assert options(current_reference()).pickup_days == 5
    page = client.get(reverse("calendar:options"))
    assert page.context["form"].initial["card_fee"] == Decimal("2.50")
    assert client.post(reverse("calendar:options"), {**values, "card_fee": "-1"}).status_code == 422


def test_rule_of_today_is_corrected_on_its_own_page(client, library):
    client.force_login(library.librarian)
    post_rule(client)
    rule = LoanPolicy.objects.get(effective_from=localdate())

    answer = client.post(
        reverse("loan_rules:edit", args=[rule.pk]), {**RULE, "effective_from": localdate(), "max_loans": 7}
    )

    assert answer.status_code == 302
    assert LoanPolicy.objects.get(pk=rule.pk).max_loans == 7
