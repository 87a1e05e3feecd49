import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalog.models import Title
from catalog.operations import search_index
from catalog.operations.search_index import index_titles
from catalog.rules.tokens import query_of
from tests.factories.catalog import make_title

pytestmark = pytest.mark.django_db


def found(text: str, column: str = "search") -> set[str]:
    sql = f"SELECT name FROM catalog_title WHERE {column} @@ %s::tsquery"
    with connection.cursor() as cursor:
        cursor.execute(sql, [query_of(text).tsquery])
        return {name for (name,) in cursor.fetchall()}


def test_indexed_titles_are_found():
    make_title("三国演义")
    make_title("西游记", summary="花果山的石猴")
    assert index_titles() == 2
    assert found("sgyy") == found("国演") == {"三国演义"}
    assert found("石猴", "search_summary") == {"西游记"}


def test_only_the_named_titles_are_indexed():
    chosen, other = make_title("三国演义"), make_title("三国志")
    assert index_titles([chosen.pk, chosen.pk]) == 1
    assert found("三国") == {"三国演义"}
    other.refresh_from_db()
    assert other.search is None


def test_no_titles_named_means_none():
    make_title("三国演义")
    assert index_titles([]) == 0


def test_many_titles_are_indexed_in_batches(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(search_index, "BATCH", 2)
    for number in range(5):
        make_title(f"丛书第{number}辑")
    with django_assert_num_queries(7):  # three reads with rows, three writes, one read without
        assert index_titles() == 5
    assert len(found("丛书")) == 5


def test_titles_up_to_date_are_not_written_again():
    title = make_title("三国演义")
    index_titles()
    before = Title.objects.extra(select={"version": "xmin::text"}).get(pk=title.pk).version
    index_titles()
    assert Title.objects.extra(select={"version": "xmin::text"}).get(pk=title.pk).version == before


def test_indexing_leaves_no_history():
    title = make_title("三国演义")
    index_titles()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalog_titleevent WHERE pgh_obj_id = %s", [title.pk])
        assert cursor.fetchone() == (0,)


class AnyText(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=60))
    def test_any_name_is_indexed_and_any_query_is_sound(self, text):
        title = make_title(text)
        index_titles([title.pk])
        query = query_of(text)
        if query:
            assert text in found(text)
