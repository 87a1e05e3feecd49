from datetime import date, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from circulation.jobs import forget_old_daily
from circulation.models import Loan, RetentionRun
from circulation.rules.retention import ERASED_NAME
from library_site.models import Role
from readers.models import PersonLook
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "reading-2026"
NOT_LIBRARIANS = [role for role in Role.values if role != Role.LIBRARIAN]


def client_of(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    return client


@pytest.fixture
def librarian():
    make_school()
    for year in range(2021, 2028):
        make_school_year(year)
    user = make_user(name="李馆员")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def client(librarian):
    return client_of(librarian)


def read(reader, name, days_ago=30):
    at = timezone.now() - timedelta(days=days_ago)
    copy = make_copy(title=make_title(name))
    return make_loan(reader=reader, copy=copy, lent_at=at, returned_at=at + timedelta(days=3))


def post(client, name, *args):
    return client.post(reverse(name, args=args), {"confirm_password": PASSWORD}, follow=True)


def test_librarian_sees_what_was_read_and_the_look_is_recorded(client, librarian):
    reader = make_reader()
    read(reader, "草房子")

    page = client.get(reverse("privacy:history", args=[reader.pk]), REMOTE_ADDR="192.0.2.7").content.decode()

    assert "草房子" in page
    look = PersonLook.objects.get()
    assert (look.reader, look.by, look.what, look.address) == (reader, librarian, "history", "192.0.2.7")


def test_every_look_is_a_row_of_its_own(client):
    reader = make_reader()

    for _ in range(2):
        client.get(reverse("privacy:history", args=[reader.pk]))

    assert PersonLook.objects.count() == 2


@pytest.mark.parametrize("role", NOT_LIBRARIANS)
def test_history_is_closed_to_everybody_else(librarian, role):
    """The class teacher of the class and the helper at the desk included."""
    school_class = make_class()
    pupil = make_reader(school_class=school_class)
    read(pupil, "草房子")
    client = client_of(make_reader(school_class=school_class, account=make_user(role)).account)

    assert client.get(reverse("privacy:history", args=[pupil.pk])).status_code == 403
    assert client.post(reverse("privacy:export", args=[pupil.pk])).status_code == 403
    assert client.post(reverse("privacy:erase", args=[pupil.pk])).status_code == 403
    assert not PersonLook.objects.exists()


def test_history_costs_the_same_for_one_book_and_many(client):
    reader = make_reader()

    def statements():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("privacy:history", args=[reader.pk]))
        return len(queries)

    read(reader, "一")
    statements()
    one = statements()
    for name in "二三四五":
        read(reader, name)

    assert statements() == one


def test_export_holds_all_that_is_stored(client):
    reader = make_reader("王小明", number="S2024099", card="T0099", school_class=make_class(2024, 1))
    read(reader, "草房子")

    answer = post(client, "privacy:export", reader.pk)

    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    texts = {str(cell.value) for sheet in book for row in sheet for cell in row}
    assert {"王小明", "S2024099", "T0099"} <= texts
    assert {"Reader", "Library card", "Membership of a class", "Loan"} <= set(book.sheetnames)
    assert PersonLook.objects.get().what == "export"


def test_export_and_erasure_ask_for_the_password(client):
    reader = make_reader(status="left")

    for name in ("privacy:export", "privacy:erase"):
        assert "password" in client.post(reverse(name, args=[reader.pk])).content.decode()

    reader.refresh_from_db()
    assert reader.name != ERASED_NAME
    assert not PersonLook.objects.exists()


def test_erasure_leaves_the_reader_without_a_name(client):
    reader = make_reader("王小明", status="left", left_on=date(2026, 7, 1))

    page = post(client, "privacy:erase", reader.pk)

    assert page.status_code == 200
    assert "王小明" not in page.content.decode()
    reader.refresh_from_db()
    assert reader.name == ERASED_NAME


def test_erasure_that_is_refused_says_why(client):
    reader = make_reader("王小明")

    page = post(client, "privacy:erase", reader.pk).content.decode()

    assert "record the leaving first" in page


def test_retention_page_tells_what_would_be_forgotten(client):
    read(make_reader(), "草房子", days_ago=365 * 5)

    context = client.get(reverse("privacy:retention")).context

    assert context["counts"]["loans"] == 1
    assert Loan.objects.filter(reader=None).count() == 0


def test_daily_job_forgets_by_the_schools_option(librarian):
    read(make_reader(), "草房子", days_ago=365 * 5)
    young = read(make_reader(), "童年", days_ago=365)

    forget_old_daily(timestamp=0)

    assert list(Loan.objects.exclude(reader=None)) == [young]
    assert RetentionRun.objects.get().counts["loans"] == 1


def test_button_leaves_the_work_to_the_worker(client):
    page = post(client, "privacy:retention")

    assert "being anonymised" in page.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs")
        assert cursor.fetchall() == [("circulation.forget_old_now",)]


@pytest.mark.parametrize("keep", [1, 3])
def test_kept_years_are_full_school_years(librarian, keep):
    make_school(retention_years=keep)
    current = datetime.now().year if datetime.now().month >= 9 else datetime.now().year - 1

    context = client_of(librarian).get(reverse("privacy:retention")).context

    assert context["before"] == date(current - keep, 9, 1)
