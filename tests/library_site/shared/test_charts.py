from decimal import Decimal

from django.template.loader import render_to_string

from library_site.shared.charts import Chart, Series


def chart(**more):
    wanted = {"ident": "c", "kind": "bar", "title": "各班", "heading": "班级", "names": ["三(1)班", "三(2)班"]}
    return Chart(**{**wanted, "series": [Series("册数", [Decimal("4.10"), None])], **more})


def test_data_keeps_unknown_numbers_as_gaps():
    assert chart().data["series"] == [{"name": "册数", "values": [4.1, None]}]


def test_chart_draws_the_table_that_says_the_same():
    page = render_to_string("components/chart.html", {"chart": chart()})
    assert '<th scope="row">三(1)班</th><td class="num">4.10</td>' in page
    assert '<th scope="row">三(2)班</th><td class="num">—</td>' in page


def test_chart_with_a_table_of_the_page_names_it():
    page = render_to_string("components/chart.html", {"chart": chart(table="class-table")})
    assert 'aria-details="class-table"' in page
    assert "<table" not in page


def test_chart_without_any_number_is_not_drawn():
    page = render_to_string("components/chart.html", {"chart": chart(series=[Series("册数", [None, None])])})
    assert "data-chart" not in page
