"""MARC records from upload to report, with the worker's jobs run as the worker would."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from catalog.models import Copy, Title
from library_site.models import ImportRun
from tests.factories.catalog import make_location
from tests.factories.marc import cnmarc
from tests.factories.readers import make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    make_school()
    make_school_year()
    make_location()
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user(), backend="library_site.authentication.AccountBackend")
    return client


def upload(client, data, name="书目.iso"):
    return client.post(reverse("imports:upload", args=["marc"]), {"file": SimpleUploadedFile(name, data)})


def work():
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        app.tasks[job.task_name](**job.args)
    ProcrastinateJob.objects.all().delete()


def options(**fields):
    return {"own_holdings": "on", "location": "", "source": "purchase", "default_copies": "0", **fields}


def test_records_from_upload_to_labels(client):
    broken = cnmarc("断")[:-20] + b"\x1d"
    answer = upload(client, cnmarc("草房子", t905=[("b", "D1-2")], encoding="gb18030") + b"\r\n" + broken)
    run = ImportRun.objects.get()
    assert answer.url == reverse("imports:columns", args=[run.pk])

    page = client.get(answer.url)
    assert "草房子" in page.content.decode()
    answer = client.post(answer.url, options(location="二楼"))
    assert answer.url == reverse("imports:run", args=[run.pk])
    work()

    page = client.get(answer.url).content.decode()
    assert "1 new titles and 2 new copies" in page
    assert "Cut off" in page
    assert "New place: 二楼" in page
    client.post(reverse("imports:apply", args=[run.pk]))
    work()

    page = client.get(answer.url).content.decode()
    assert "1 titles and 2 copies were made." in page
    assert f"?run={run.pk}" in page
    assert Copy.objects.filter(location__name="二楼", source="purchase").count() == 2

    file = client.get(reverse("imports:bad_rows", args=[run.pk]))
    assert b"".join(file.streaming_content) == broken
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_file_that_is_no_marc_is_refused_with_the_reason(client):
    answer = upload(client, "书名,作者\n甲,乙\n".encode(), name="书.csv")

    assert answer.status_code == 422
    assert "no MARC records" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_wrong_options_are_shown_at_the_form(client):
    upload(client, cnmarc("甲"))
    answer = client.post(reverse("imports:columns", args=[ImportRun.objects.get().pk]), options(default_copies="-1"))

    assert answer.status_code == 422
    assert ImportRun.objects.get().state == "uploaded"


def test_records_of_another_library_bring_no_copies(client):
    upload(client, cnmarc("甲", t905=[("b", "1-3")]))
    run = ImportRun.objects.get()
    client.post(reverse("imports:columns", args=[run.pk]), {**options(), "own_holdings": ""})
    work()
    client.post(reverse("imports:apply", args=[run.pk]))
    work()

    assert Title.objects.count() == 1
    assert not Copy.objects.exists()
