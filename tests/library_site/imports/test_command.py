"""The way in for administrators and scripts."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Copy, Title
from library_site.models import ImportRun
from readers.models import Reader
from tests.factories.readers import make_school_year
from tests.factories.sheets import write_sheet

pytestmark = pytest.mark.django_db


def run(command, path, *arguments):
    """The lines of output, the last one parsed."""
    out = io.StringIO()
    call_command(command, str(path), "--json", *arguments, stdout=out)
    *lines, last = out.getvalue().splitlines()
    return lines, json.loads(last)


def figures(answer):
    return {name: answer[name] for name in ("rows", "created", "changed", "same", "bad")}


def test_import_holdings_twice(tmp_path):
    path = write_sheet(tmp_path, ["书目号", "书名", "册数"], ["1", "甲", 2], ["2", "乙", 1])
    _lines, first = run("import_holdings", path)
    _lines, second = run("import_holdings", path)

    assert figures(first) == {"rows": 2, "created": 2, "changed": 0, "same": 0, "bad": 0}
    assert (first["titles"], first["copies"]) == (2, 3)
    assert figures(second) == {"rows": 2, "created": 0, "changed": 0, "same": 2, "bad": 0}


def test_import_holdings_check_writes_nothing(tmp_path):
    _lines, answer = run("import_holdings", write_sheet(tmp_path, ["书名", "册数"], ["甲", 2]), "--check")

    assert (answer["created"], answer["copies"], answer["checked_only"]) == (1, 2, True)
    assert not Title.objects.exists() and not ImportRun.objects.exists()


def test_import_holdings_maps_columns_by_hand(tmp_path):
    path = write_sheet(tmp_path, ["甲列", "书名", "x"], ["三国演义", "不是书名", "4"])
    run("import_holdings", path, "--map", "甲列=name", "--map", "书名=", "--map", "3=copies")

    assert Title.objects.get().name == "三国演义"
    assert Copy.objects.count() == 4


def test_import_holdings_says_row_column_value_and_reason(tmp_path):
    path = write_sheet(tmp_path, ["书名", "定价"], ["甲", "28"], ["乙", "很贵"])
    lines, answer = run("import_holdings", path)

    assert answer["bad"] == 1
    assert any("3" in line and "定价" in line and "很贵" in line for line in lines)


def test_import_fails_if_no_row_can_be_used(tmp_path):
    with pytest.raises(SystemExit) as exit_code:
        run("import_holdings", write_sheet(tmp_path, ["书名", "定价"], ["甲", "很贵"]))

    assert exit_code.value.code == 1


@pytest.mark.parametrize(
    ("rows", "arguments"),
    [
        ([["甲", "乙"], ["1", "2"]], []),
        ([["书名"]], []),
        ([["书名"], ["甲"]], ["--map", "没有=name"]),
        ([["书名"], ["甲"]], ["--map", "书名=nothing"]),
        ([["书名"], ["甲"]], ["--sheet", "9"]),
    ],
)
def test_import_refuses_what_it_cannot_use(tmp_path, rows, arguments):
    with pytest.raises(CommandError):
        run("import_holdings", write_sheet(tmp_path, *rows), *arguments)
    assert not ImportRun.objects.exists()


def test_import_refuses_missing_file(tmp_path):
    with pytest.raises(CommandError):
        run("import_holdings", tmp_path / "none.csv")


def test_import_roster_with_cards(tmp_path):
    make_school_year(2026)
    path = write_sheet(tmp_path, ["班级", "姓名"], ["三(1)班", "张三"], ["三(1)班", "李四"])
    _lines, answer = run("import_roster", path, "--cards", "--since", "2026-09-01")

    assert (answer["created"], answer["cards"]) == (2, 2)
    assert Reader.objects.filter(cards__status="valid").count() == 2


def test_import_roster_needs_a_school(tmp_path):
    with pytest.raises(CommandError):
        run("import_roster", write_sheet(tmp_path, ["班级", "姓名"], ["三(1)班", "张三"]))
