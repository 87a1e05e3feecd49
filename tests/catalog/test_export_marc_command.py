"""`export_marc FILE`."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from catalog.models import MarcRecord
from catalog.rules.marc import iso2709
from tests.factories.catalog import make_title
from tests.factories.marc import LEADER

pytestmark = pytest.mark.django_db


def test_command_writes_all_titles(tmp_path):
    make_title("甲"), make_title("乙")
    out = io.StringIO()
    with translation.override("en"):
        call_command("export_marc", str(tmp_path / "a.iso"), "--encoding", "gb18030", stdout=out)

    with (tmp_path / "a.iso").open("rb") as file:
        assert len(list(iso2709.split_records(file))) == 2
    assert out.getvalue() == "2 records written.\n"


def test_command_names_what_could_not_be_written(tmp_path):
    title = make_title("甲")
    fields = [["200", "1 ", [["a", "甲"]]], ["300", "  ", [["a", "长" * 4000]]]]
    MarcRecord.objects.create(title=title, format="cnmarc", leader=LEADER, fields=fields)

    with pytest.raises(CommandError, match=str(title.pk)):
        call_command("export_marc", str(tmp_path / "a.iso"), stdout=io.StringIO())
