"""What the start of the product puts right."""

import pytest

from catalog.models import Title
from library_site.management.commands.prepare import Command
from tests.factories.catalog import make_title


@pytest.mark.django_db
def test_titles_left_without_index_are_indexed(capsys: pytest.CaptureFixture[str]) -> None:
    title = make_title("三国演义")
    Title.objects.update(search=None)
    Command().index_waiting_titles()
    assert Title.objects.get(pk=title.pk).search is not None
    assert "Indexing" in capsys.readouterr().err


@pytest.mark.django_db
def test_indexed_titles_cost_one_query(django_assert_num_queries) -> None:
    make_title("三国演义")
    Title.objects.update(search=None)
    Command().index_waiting_titles()
    with django_assert_num_queries(1):
        Command().index_waiting_titles()
