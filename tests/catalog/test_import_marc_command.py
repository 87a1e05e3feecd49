"""`import_marc FILE`."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from catalog.models import Copy, Title
from library_site.models import ImportRun
from tests.factories.marc import cnmarc, write_marc

pytestmark = pytest.mark.django_db


def run(path, *args):
    out = io.StringIO()
    call_command("import_marc", str(path), "--json", *args, stdout=out)
    return out.getvalue(), json.loads(out.getvalue().splitlines()[-1])


def test_command_imports_and_says_what_is_bad(tmp_path):
    path = write_marc(tmp_path, cnmarc("甲", t905=[("b", "1-3")]), cnmarc("乙")[:-9] + b"\x1d")
    with translation.override("zh-hans"):
        text, figures = run(path, "--location", "书库")

    assert (figures["created"], figures["bad"], figures["titles"], figures["copies"]) == (1, 1, 1, 3)
    assert text.splitlines()[0] == "第 2 行，记录，“乙 曹文轩著”：记录被截断：最后一个字段没有结束。"
    assert Copy.objects.filter(location__name="书库").count() == 3


def test_command_only_checks(tmp_path):
    _text, figures = run(write_marc(tmp_path, cnmarc("甲")), "--check", "--not-ours", "--copies", "2")

    assert (figures["created"], figures["copies"]) == (1, 2)
    assert not Title.objects.exists() and not ImportRun.objects.exists()


def test_command_refuses_what_is_no_marc(tmp_path):
    with pytest.raises(CommandError):
        run(write_marc(tmp_path, b"hello"))
    with pytest.raises(CommandError):
        run(write_marc(tmp_path, cnmarc("甲")), "--location", "长" * 61)
