import pytest
from django.test import Client
from django.urls import reverse

from library_site.models import Role, School
from tests.factories.site import make_school, make_user

VALUES = {"name": "云溪小学", "desk_quiet_seconds": 20, "desk_speech": "on", "barcode_digits": 10, "retention_years": 3}
VALUES |= {"book_numbers": "gaps", "clc_edition": "4", "clc_depth": 4}


@pytest.fixture
def client(db):
    make_school()
    client = Client()
    client.force_login(make_user(Role.LIBRARIAN, name="周老师"))
    return client


def test_options_are_changed_and_the_old_row_is_kept_with_who(client):
    answer = client.post(reverse("options"), VALUES, follow=True)
    school = School.objects.get()
    assert "云溪小学" in answer.content.decode()
    assert (school.desk_quiet_seconds, school.desk_speech, school.public_search) == (20, True, False)
    assert (school.book_numbers, school.clc_edition, school.clc_depth) == ("gaps", "4", 4)
    before = school.events.get(pgh_label="update")
    assert (before.name, before.pgh_context.metadata["act"]) == ("实验小学", "change_options")


@pytest.mark.parametrize(
    ("field", "value"), [("desk_quiet_seconds", 1), ("barcode_digits", 99), ("clc_depth", 21), ("name", "")]
)
def test_wrong_option_is_said_at_its_field_and_changes_nothing(client, field, value):
    answer = client.post(reverse("options"), {**VALUES, field: value})
    assert field in answer.context["form"].errors
    assert School.objects.get().name == "实验小学"
