"""Files made to harm: bombs, entities, other kinds of files under a sheet's name; and what we write into sheets."""

import inspect
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ModelForm
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from library_site.imports.forms import UploadForm
from library_site.models import ImportRun, Role
from library_site.shared.charts import Chart, Series
from library_site.shared.spreadsheets import SheetProblem, limits, open_sheets
from library_site.shared.spreadsheets.report_book import Column, ReportSheet, write_report_book
from library_site.shared.spreadsheets.writing import write_xlsx
from reports.exports.word import new_document
from tests.factories.readers import make_reader

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "=HYPERLINK(1)", "=cmd|' /C calc'!A0"]


def workbook(path: Path, **changed: bytes) -> Path:
    """A small .xlsx, some of its members replaced."""
    plain = io.BytesIO()
    book = Workbook()
    book.active["A1"] = "书名"
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, changed.get(name, source.read(name)))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(SheetProblem) as refused:
        for sheet in open_sheets(path):
            list(sheet.rows)
    return refused.value.code


def test_workbook_that_unpacks_without_end_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 5_000_000)

    assert refusal(workbook(tmp_path / "a.xlsx", **{SHEET: b" " * 6_000_000})) == "file_too_large"


def test_workbook_that_lies_about_its_size_is_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", **{SHEET: b"<worksheet>" + b" " * 6_000_000})
    content = bytearray(path.read_bytes())
    entry = content.find(SHEET.encode(), content.find(b"PK\x01\x02")) - 46
    content[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    path.write_bytes(content)

    assert refusal(path) == "broken_file"


def test_stray_cell_in_the_last_corner_does_not_fill_the_memory(tmp_path):
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "书名", "x"
    book.save(tmp_path / "a.xlsx")

    assert refusal(tmp_path / "a.xlsx") == "sheet_too_wide"


def test_entities_in_a_workbook_are_not_expanded(tmp_path):
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{entities}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f'<worksheet {NAMESPACE}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a9;&f;</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    path = workbook(tmp_path / "a.xlsx", **{SHEET: sheet.encode()})
    try:
        rows = [row for sheet in open_sheets(path) for row in sheet.rows]
    except SheetProblem as problem:
        assert problem.code == "broken_file"
    else:
        assert "root:" not in str(rows) and "aaaa" not in str(rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_type_is_found_in_any_encoding_and_after_any_comment(tmp_path, encoding):
    page = (
        f'<?xml version="1.0" encoding="{encoding}"?><!-- {"x" * 9000} --><!DOCTYPE x [<!ENTITY a "aa">]>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&a;</Workbook>'
    )
    (tmp_path / "a.xls").write_bytes(page.encode(encoding))

    assert refusal(tmp_path / "a.xls") == "broken_file"


@pytest.mark.parametrize("content", [b"\x7fELF\x00\x00", b"MZ\x90\x00", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"<svg/>"])
@pytest.mark.parametrize("kind", ["holdings", "roster"])
def test_upload_of_another_kind_of_file_changes_nothing_and_is_no_error(everyone, kind, content):
    file = SimpleUploadedFile("名单.xlsx", content * 50)

    answer = everyone.post(reverse("imports:upload", args=[kind]), {"file": file})

    assert answer.status_code in {200, 302, 422}
    assert not ImportRun.objects.exclude(state=ImportRun.State.UPLOADED).exists()


@pytest.mark.parametrize("name", ["../../secret_key", "/etc/passwd", "..\\..\\x.csv", "a\x00.csv"])
def test_name_of_an_upload_is_a_word_and_never_a_place(everyone, name, settings):
    file = SimpleUploadedFile("x.csv", "书名\n三国演义\n".encode())
    file._name = name

    everyone.post(reverse("imports:upload", args=["holdings"]), {"file": file})

    for run in ImportRun.objects.all():
        assert "/" not in run.file_name and "\\" not in run.file_name


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_that_we_write_is_calculated(tmp_path, text):
    with (tmp_path / "a.xlsx").open("wb") as target:
        write_xlsx(target, header=[text], rows=[[text]], sheet="表")

    for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows():
        for cell in row:
            assert cell.data_type == "s"
            assert not str(cell.value).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_report_is_calculated(tmp_path, text):
    sheet = ReportSheet(text, text, [Column(text, lambda row: row)], [text], notes=[text])
    with (tmp_path / "a.xlsx").open("wb") as target:
        write_report_book(target, [sheet])

    for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows():
        assert {cell.data_type for cell in row if cell.value is not None} <= {"s"}


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_behind_a_chart_in_word_is_calculated(text):
    document = new_document(school=text, title=text)
    document.chart(Chart(text, "bar", text, [text], [Series(text, [Decimal(1)])]))
    target = io.BytesIO()
    document.save(target)

    with zipfile.ZipFile(target) as parts:
        sheet = load_workbook(io.BytesIO(parts.read("word/embeddings/chart1.xlsx"))).active
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None] == ["s", "s", "n"]


def test_every_sheet_is_written_where_formulas_are_neutralised():
    """openpyxl and csv write formulas as they come: only the modules that neutralise them may use them."""
    found = set()
    for label in ("library_site", "readers", "catalog", "circulation", "activities", "reports"):
        for path in Path(apps.get_app_config(label).path).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            if ("Workbook(" in text and "CalamineWorkbook" not in text) or "csv.writer" in text or "DictWriter" in text:
                found.add("/".join(path.parts[-2:]))

    assert found == {
        "spreadsheets/writing.py",
        "spreadsheets/tables.py",
        "spreadsheets/report_book.py",
        "exports/word_chart.py",
    }


def model_forms(base: type = ModelForm) -> list[type[ModelForm]]:
    return [found for each in base.__subclasses__() for found in (each, *model_forms(each))]


def test_every_form_over_a_table_names_its_fields(everyone):
    everyone.get(reverse("home"))  # loads every form
    ours = [form for form in model_forms() if not inspect.getmodule(form).__name__.startswith(("django.", "crispy"))]

    loose = [
        form.__name__
        for form in ours
        if form._meta.model and (form._meta.fields is None or form._meta.fields == "__all__" or form._meta.exclude)
    ]
    assert loose == []
    assert UploadForm.base_fields.keys() == {"file"}


EXTRA = {
    "id": "1", "pk": "1", "roles": "administrator", "is_active": "", "is_superuser": "1", "is_staff": "1",
    "username": "taken", "user": "1", "reader": "1", "by": "1", "by_id": "1", "password": "stolen-2026",
    "state": "applied", "category": "teacher", "must_change_password": "",
}  # fmt: skip


def test_extra_fields_sent_along_change_no_account(world, client):
    world.set_password("reading-2026")
    world.roles = [Role.STUDENT]
    world.save()
    before = (world.username, world.roles, world.is_active)
    client.force_login(world, backend="library_site.authentication.AccountBackend")
    own = {"old_password": "reading-2026", "new_password1": "winter-2027x", "new_password2": "winter-2027x"}

    client.post(reverse("password"), {**EXTRA, **own})
    client.post(reverse("set_language"), {**EXTRA, "language": "en"})

    world.refresh_from_db()
    assert (world.username, world.roles, world.is_active) == before
    assert world.check_password("winter-2027x")


def test_librarian_cannot_make_a_pupil_an_administrator_by_fields_sent_along(world, client):
    pupil_reader = make_reader("李四", card="T0009")
    world.roles = [Role.LIBRARIAN]
    world.set_password("reading-2026")
    world.save()
    client.force_login(world, backend="library_site.authentication.AccountBackend")
    sent = {**EXTRA, "confirm_password": "reading-2026", "reader": pupil_reader.pk}
    from library_site.models import User

    pupil = User.objects.create_user(username="lisi", name="李四", roles=[Role.STUDENT], password="reading-2026")
    for act in ("account", "reset"):
        client.post(reverse(f"accounts:{act}", args=[pupil.pk]), sent)
    client.post(reverse("accounts:new"), {**sent, "name": "王五", "username": "wangwu"})
    client.post(reverse("accounts:for_reader", args=[pupil_reader.pk]), sent)

    assert not User.objects.filter(roles__contains=[Role.ADMINISTRATOR]).exists()
    assert not User.objects.exclude(pk=world.pk).filter(roles__contains=[Role.LIBRARIAN]).exists()
