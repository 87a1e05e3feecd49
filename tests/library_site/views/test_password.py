import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
OLD, NEW = "reading-2026", "more-reading-2027"


@pytest.fixture
def wang(client):
    make_school()
    user = make_user("student", username="wang")
    user.set_password(OLD)
    user.save()
    client.force_login(user)
    return user


def change(client, old=OLD, new=NEW, again=NEW):
    return client.post(reverse("password"), {"old_password": old, "new_password1": new, "new_password2": again})


def test_own_password_is_changed_and_other_sessions_end(client, wang):
    elsewhere = Client()
    elsewhere.force_login(wang)
    assert change(client).headers["Location"] == reverse("home")
    wang.refresh_from_db()
    assert wang.check_password(NEW)
    assert client.get(reverse("home")).status_code == 200
    assert elsewhere.get(reverse("home")).status_code == 302


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"old": "wrong"}, "old_password"),
        ({"again": "other-2027-words"}, "new_password2"),
        ({"new": "1234567890", "again": "1234567890"}, "new_password2"),
    ],
)
def test_wrong_value_changes_nothing_and_is_told_at_its_field(client, wang, values, field):
    assert set(change(client, **values).context["form"].errors) == {field}
    wang.refresh_from_db()
    assert wang.check_password(OLD)
