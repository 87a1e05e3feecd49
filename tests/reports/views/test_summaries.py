"""The page of the summary, its words, and the document."""

import re
from datetime import datetime
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from docx import Document

from library_site.models import Role
from reports.models import Summary
from reports.rules.summary import mark_of
from tests.factories.site import make_school, make_user
from tests.reports.papers import PUPIL, fill, make_semester

pytestmark = pytest.mark.django_db(transaction=True)
PAGE, WORD = reverse("summaries:summary"), reverse("summaries:word")


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(datetime.fromisoformat("2026-11-20T12:00:00+08:00"), tick=False):
        yield


@pytest.fixture
def semester():
    make_school(name="和平小学")
    return make_semester()


@pytest.fixture
def librarian(client, semester):
    client.force_login(make_user(Role.LIBRARIAN, name="李老师"))
    return client


def section(semester, key: str = "basics") -> str:
    return reverse("summaries:section", args=[semester.pk, key])


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def post(client, semester, text: str, seen: str = "", key: str = "basics"):
    return client.post(section(semester, key), {"text": text, "seen": mark_of(seen)})


def document(client) -> list[str]:
    answer = client.get(WORD)
    assert answer.status_code == 200
    made = Document(BytesIO(b"".join(answer.streaming_content)))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return [*(row.text for row in made.paragraphs), *cells]


def test_page_shows_what_will_be_printed(librarian, semester):
    fill(semester)
    text = text_of(librarian.get(PAGE))

    assert "和平小学 2026–2027学年第一学期图书馆工作总结 2026年9月1日至2026年11月20日" in text
    assert "在校学生2人。" in text
    assert "数据统计至2026-11-20。" in text
    assert PUPIL not in text


def test_another_semester_can_be_chosen(librarian, semester):
    last = semester.school_year.semesters.model.objects.get(starts_on="2026-02-10")
    answer = librarian.get(PAGE, {"semester": last.pk})

    assert "2025–2026学年第二学期图书馆工作总结" in text_of(answer)


def test_without_semesters_the_page_says_so(client):
    make_school()
    client.force_login(make_user(Role.PRINCIPAL))

    assert "还没有录入学期" in text_of(client.get(PAGE))
    assert client.get(WORD).status_code == 404


def test_document_says_what_the_page_says(librarian, semester):
    fill(semester)
    post(librarian, semester, "馆舍三间。\n座位六十个。")
    said, page = document(librarian), text_of(librarian.get(PAGE))

    assert [text for text in said if text and text not in page] == []
    assert {"和平小学", "基本情况", "馆舍三间。", "座位六十个。", "生均借书2册", "2026-11-20"} <= set(said)
    assert PUPIL not in "".join(said)


def test_document_is_named_after_the_semester(librarian, semester):
    named = librarian.get(WORD).headers["Content-Disposition"]

    assert named.startswith("attachment")
    assert named.endswith(".docx")


def test_written_section_is_shown_and_kept(librarian, semester):
    answer = post(librarian, semester, "馆舍三间。")

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{PAGE}?semester={semester.pk}#basics"
    page = text_of(librarian.get(PAGE))
    assert "馆舍三间。" in page
    assert "文字由李老师最后修改于2026-11-20 12:00。" in page


def test_typed_text_is_shown_as_text(librarian, semester):
    post(librarian, semester, "<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)" in librarian.get(PAGE).content.decode()


def test_words_of_somebody_else_are_shown_before_they_are_replaced(librarian, semester):
    post(librarian, semester, "馆舍三间。")
    refused = post(librarian, semester, "馆舍四间。")

    assert refused.status_code == 422
    text = text_of(refused)
    assert "其间他人已修改本节" in text
    assert "馆舍三间。" in text
    assert "馆舍四间。" in text
    seen = re.search(r'name="seen" value="(\w+)"', refused.content.decode())[1]
    librarian.post(section(semester), {"text": "馆舍四间。", "seen": seen})
    assert Summary.objects.get().sections == {"basics": "馆舍四间。"}


def test_too_long_text_is_refused(librarian, semester):
    assert post(librarian, semester, "长" * 10_001).status_code == 422
    assert not Summary.objects.exists()


@pytest.mark.parametrize("key", ["x", "BASICS"])
def test_unknown_section_is_not_found(librarian, semester, key):
    assert librarian.get(section(semester, key)).status_code == 404
    assert librarian.get(reverse("summaries:section", args=[999_999, "basics"])).status_code == 404


@pytest.mark.parametrize("role", Role.values)
def test_summary_is_read_by_librarian_and_principal_and_written_by_the_librarian(client, semester, role):
    client.force_login(make_user(role))
    reads = 200 if role in (Role.LIBRARIAN, Role.PRINCIPAL) else 403

    assert [client.get(PAGE).status_code, client.get(WORD).status_code] == [reads, reads]
    assert post(client, semester, "x").status_code == (302 if role == Role.LIBRARIAN else 403)


def test_principal_finds_no_way_to_write(client, semester):
    client.force_login(make_user(Role.PRINCIPAL))

    assert section(semester) not in client.get(PAGE).content.decode()
