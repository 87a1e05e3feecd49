"""The way of a sheet through the pages, with the worker's jobs run as the worker would."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from catalog.models import Copy, Title
from library_site import jobs
from library_site.imports.staging import stage
from library_site.models import ImportRow, ImportRun
from library_site.shared.spreadsheets import open_sheets
from readers.models import Reader
from tests.factories.catalog import make_location
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.sheets import check_sheet, import_sheet, write_sheet
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


def upload(client, text, kind="holdings", name="书.csv"):
    file = SimpleUploadedFile(name, text.encode("gb18030"))
    return client.post(reverse("imports:upload", args=[kind]), {"file": file})


def match(client, run, **fields):
    options = {"default_copies": "1"} if run.kind == "holdings" else {"category": "student", "since": "2026-09-01"}
    columns = {f"column{column}": name for name, column in run.columns.items()}
    return client.post(reverse("imports:columns", args=[run.pk]), {**columns, **options, **fields})


def work():
    """Runs the jobs that wait, in their order."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        app.tasks[job.task_name](**job.args)
    ProcrastinateJob.objects.all().delete()


def test_holdings_from_upload_to_labels(client):
    answer = upload(client, "书目号,书名,册数\n1,三国演义,3\n2,红楼梦,很多\n")
    run = ImportRun.objects.get()
    assert answer.url == reverse("imports:columns", args=[run.pk])
    assert "三国演义" in client.get(answer.url).content.decode()

    answer = match(client, run)
    assert answer.url == reverse("imports:run", args=[run.pk])
    assert reverse("imports:progress", args=[run.pk]) in client.get(answer.url).content.decode()
    work()
    page = client.get(answer.url).content.decode()
    assert "很多" in page and "Not a number of copies" in page
    assert not Title.objects.exists()

    client.post(reverse("imports:apply", args=[run.pk]))
    client.post(reverse("imports:apply", args=[run.pk]))  # a second click
    work()
    page = client.get(answer.url).content.decode()
    assert reverse("labels:labels") + f"?run={run.pk}" in page
    assert Copy.objects.filter(import_run=run).count() == 3


def test_upload_says_what_is_wrong_with_a_file(client):
    answer = upload(client, "")
    assert answer.status_code == 422 and "empty" in answer.content.decode()

    answer = client.post(
        reverse("imports:upload", args=["holdings"]), {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}
    )
    assert answer.status_code == 422 and "damaged" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_columns_ask_for_what_is_required_and_only_once(client):
    upload(client, "甲,乙\n三国演义,罗贯中\n")
    run = ImportRun.objects.get()
    answer = match(client, run)
    assert answer.status_code == 422 and "Say which column is" in answer.content.decode()

    answer = match(client, run, column0="name", column1="name")
    assert answer.status_code == 422 and "Another column" in answer.content.decode()


def test_columns_are_remembered_for_the_same_headings(client):
    upload(client, "甲,乙\n三国演义,罗贯中\n")
    match(client, ImportRun.objects.get(), column0="name", column1="author")
    upload(client, "甲,乙\n红楼梦,曹雪芹\n")

    assert ImportRun.objects.latest("pk").columns == {"name": 0, "author": 1}


def test_columns_can_start_at_another_row(client):
    upload(client, "学校图书\n2026年\n书名,作者\n三国演义,罗贯中\n")
    run = ImportRun.objects.get()
    url = reverse("imports:columns", args=[run.pk]) + "?sheet=0&header_row=3&header_rows=1"
    assert client.get(url).status_code == 200
    client.post(url, {"column0": "name", "column1": "author", "default_copies": "1"})
    work()

    run.refresh_from_db()
    assert (run.header_row, run.counts["new"], run.state) == (3, 1, "checked")


def test_roster_shows_who_left_and_lets_the_librarian_decide(client):
    gone = make_reader("张三", school_class=make_class(2024, 1))
    upload(client, "班级,姓名,身份证号\n三(1)班,李四,110101201503070018\n", kind="roster")
    run = ImportRun.objects.get()
    page = client.get(reverse("imports:columns", args=[run.pk])).content.decode()
    assert "身份证号" in page and "110101201503070018" not in page
    match(client, run)
    work()
    assert "张三" in client.get(reverse("imports:run", args=[run.pk])).content.decode()
    client.post(reverse("imports:apply", args=[run.pk]), {"leaver": [gone.pk, 999]})
    work()

    gone.refresh_from_db()
    assert gone.status == Reader.Status.LEFT
    assert Reader.objects.filter(name="李四").exists()


def test_bad_rows_come_as_a_sheet_that_can_be_imported_again(client, tmp_path):
    run = import_sheet("holdings", write_sheet(tmp_path, ["书名", "定价"], ["甲", "28"], ["=乙", "很贵"]))
    answer = client.get(reverse("imports:bad_rows", args=[run.pk]))
    (tmp_path / "bad.xlsx").write_bytes(io.BytesIO(b"".join(answer.streaming_content)).getvalue())
    sheet = next(iter(open_sheets(tmp_path / "bad.xlsx")))

    heading, *rows = sheet.rows
    assert heading == ["书名", "定价", "❗ What is wrong"]
    assert [row[:2] for row in rows] == [["=乙", "很贵"]]
    again = check_sheet("holdings", tmp_path / "bad.xlsx")
    assert again.counts["bad"] == 1


def test_run_that_was_cut_short_says_so_and_can_be_checked_again(client, tmp_path):
    run = check_sheet("holdings", write_sheet(tmp_path, ["书名"], ["甲"]))
    ImportRun.objects.filter(pk=run.pk).update(state="applying")  # and no process holds its lock
    url = reverse("imports:run", args=[run.pk])
    assert "cut short" in client.get(url).content.decode()
    assert client.get(reverse("imports:progress", args=[run.pk])).headers["HX-Refresh"] == "true"
    client.post(reverse("imports:retry", args=[run.pk]))
    work()

    run.refresh_from_db()
    assert run.state == "checked"


def test_applied_run_that_was_cut_short_afterwards_can_be_finished(client, tmp_path):
    run = import_sheet("holdings", write_sheet(tmp_path, ["书名"], ["三国演义"]))
    ImportRun.objects.filter(pk=run.pk).update(finished_at=None)
    Title.objects.update(search=None, initials="")
    assert "findable now" in client.get(reverse("imports:run", args=[run.pk])).content.decode()
    client.post(reverse("imports:retry", args=[run.pk]))
    work()

    run.refresh_from_db()
    assert run.finished_at is not None
    assert Title.objects.get().initials == "sgyy"


def test_discard_removes_the_staged_rows(client, tmp_path):
    run = check_sheet("roster", write_sheet(tmp_path, ["班级", "姓名"], ["三(1)班", "张三"]))
    client.post(reverse("imports:discard", args=[run.pk]))

    assert not ImportRun.objects.exists() and not ImportRow.objects.exists()


def test_applied_run_cannot_be_discarded(client, tmp_path):
    run = import_sheet("holdings", write_sheet(tmp_path, ["书名"], ["甲"]))
    client.post(reverse("imports:discard", args=[run.pk]))

    assert ImportRun.objects.filter(pk=run.pk).exists()


def test_overview_takes_the_same_queries_for_one_run_and_three(client, tmp_path):
    path = write_sheet(tmp_path, ["书名"], ["甲"])
    client.get(reverse("imports:overview"))  # what is cached for the process
    counts = []
    for more in (1, 2):
        for _ in range(more):
            check_sheet("holdings", path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("imports:overview")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_job_that_is_repeated_changes_nothing(client, tmp_path):
    run = import_sheet("holdings", write_sheet(tmp_path, ["书名", "册数"], ["甲", 2]))
    jobs.apply_import(run_id=run.pk, by_id=None)

    assert Copy.objects.count() == 2


def test_stage_forgets_what_was_left_lying(tmp_path, db):
    path = write_sheet(tmp_path, ["书名"], ["甲"])
    old = stage(kind="holdings", path=path, file_name="a", by=None, at=timezone.now())
    ImportRun.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    stage(kind="holdings", path=path, file_name="b", by=None, at=timezone.now())

    assert list(ImportRun.objects.values_list("file_name", flat=True)) == ["b"]
