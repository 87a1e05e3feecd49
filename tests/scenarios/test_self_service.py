"""A pupil from the code on paper to a reserved book, and a grade that is switched off at noon."""

import re

from django.test import Client
from django.urls import reverse

from circulation.models import Reservation
from readers.models import Grade
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan, make_opening_hours, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user


def test_pupil_looks_after_the_own_books_until_the_grade_is_switched_off(db, time_machine):
    time_machine.move_to("2026-10-12T12:20:00+08:00")
    make_school()
    make_school_year()
    make_opening_hours()
    make_policy()
    school_class = make_class()
    pupil = make_reader("王小明", school_class=school_class, number="20240107", card="C0107")
    mine = make_loan(reader=pupil, copy=make_copy(title=make_title("草房子")))
    wanted = make_loan(reader=make_reader(), copy=make_copy(title=make_title("城南旧事"))).copy.title

    librarian = Client()
    librarian.force_login(make_user("librarian"), backend="library_site.authentication.AccountBackend")
    sheet = librarian.post(reverse("accounts:class_codes", args=[school_class.pk])).content.decode()
    code = re.search(r"slip-code\">([2-9b-z]{4}-[2-9b-z]{4})<", sheet)[1]

    browser = Client()
    browser.post(reverse("login"), {"username": "C0107", "password": code})
    assert browser.get(reverse("own:overview")).headers["Location"] == reverse("first_password")
    chosen = {"new_password1": "yuedu-77-liang", "new_password2": "yuedu-77-liang"}
    assert browser.post(reverse("first_password"), chosen).headers["Location"] == reverse("home")

    assert "草房子" in browser.get(reverse("own:overview")).content.decode()
    browser.post(reverse("own:renew", args=[mine.pk]))
    mine.refresh_from_db()
    assert mine.renewals == 1
    browser.post(reverse("own:reserve", args=[wanted.pk]))
    assert Reservation.objects.get().reader == pupil

    opened = {f"{grade.stage}_{grade.position}": "on" for grade in Grade.objects.exclude(position=3)}
    librarian.post(reverse("accounts:self_service"), opened)
    assert browser.get(reverse("own:overview")).headers["Location"] == reverse("login")
    again = Client()
    answer = again.post(reverse("login"), {"username": "20240107", "password": "yuedu-77-liang"})
    assert answer.status_code == 200
    assert again.get(reverse("own:overview")).status_code == 302
