from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils.translation import override


def draw(source: str, **context: object) -> str:
    request = context.pop("request", None)
    drawn = Context(context) if request is None else RequestContext(request, context)
    with override("zh-hans"):
        return Template("{% load components %}" + source).render(drawn)


def test_table_without_rows_is_an_empty_state_with_its_way_out():
    page = draw(
        '{% data_table rows=rows empty="无" url="/in/" action="导入" %}<tbody></tbody>{% enddata_table %}', rows=[]
    )
    assert "<table" not in page
    assert 'href="/in/"' in page
    assert "无" in page


def test_table_with_rows_is_a_table():
    page = draw('{% data_table rows=rows empty="无" %}<tbody></tbody>{% enddata_table %}', rows=[1])
    assert "<table" in page
    assert "无" not in page


def test_text_in_components_is_escaped():
    evil = "<script>1</script>"
    sources = [
        "{% page_head title=t lead=t %}{{ t }}{% endpage_head %}",
        "{% panel title=t %}{{ t }}{% endpanel %}",
        '{% status "ok" t %}{% notice "bad" t %}{% signal "ok" t note=t %}{% empty_state t %}',
        "{% figure label=t value=t unit=t note=t formula=t %}",
        "{% print_sheet title=t note=t %}{{ t }}{% endprint_sheet %}",
    ]
    for source in sources:
        page = draw(source, t=evil)
        assert "<script>" not in page
        assert "&lt;script&gt;" in page


def test_problem_shows_its_way_out_and_whether_it_may_be_overridden():
    problems = [
        SimpleNamespace(message="已达上限", overridable=True, link=SimpleNamespace(url="/a/", text="查看")),
        SimpleNamespace(message="仅供阅览", overridable=False, link="/b/"),
        SimpleNamespace(message="证已挂失", overridable=False, link=None),
    ]
    page = draw("{% problem_list problems %}", problems=problems)
    assert page.count("is-warn") == 1
    assert page.count("is-bad") == 2
    assert 'href="/a/"' in page
    assert 'href="/b/"' in page
    assert page.count("<a ") == 2


def test_figure_without_value_shows_a_dash_and_zero_shows_zero():
    assert "—" in draw('{% figure label="a" value=None unit="%" %}')
    assert ">0<" in draw('{% figure label="a" value=0 %}')


def test_progress_asks_for_its_successor_only_while_it_has_an_address():
    going = draw('{% progress label="a" done=1 total=3 url="/p/" %}')
    assert 'hx-get="/p/"' in going
    assert 'value="1" max="3"' in going
    done = draw('{% progress label="a" done=3 total=3 %}')
    assert "hx-get" not in done


def test_progress_without_total_shows_no_share():
    assert "max=" not in draw('{% progress label="a" done=0 total=0 %}')


def test_pages_keep_the_other_parameters_of_the_address():
    request = RequestFactory().get("/", {"q": "草房子", "page": "2"})
    page = draw("{% pagination page %}", page=Paginator(range(100), 20).get_page(2), request=request)
    assert "?q=%E8%8D%89%E6%88%BF%E5%AD%90&amp;page=3" in page
    assert page.count('aria-current="page"') == 1


def test_one_page_needs_no_pagination():
    page = draw("{% pagination page %}", page=Paginator([1], 20).get_page(1), request=RequestFactory().get("/"))
    assert page.strip() == ""


def test_sheet_begins_with_the_schools_name():
    page = draw('{% print_sheet title="逾期" %}{% endprint_sheet %}', school=SimpleNamespace(name="青松小学"))
    assert "青松小学" in page


def test_unknown_kind_of_notice_is_an_error():
    with pytest.raises(KeyError):
        draw('{% notice "purple" "a" %}')
