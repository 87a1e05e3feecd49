"""Every text of the pages has its Chinese, and stands in the catalogues only."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from library_site import translations
from library_site.paths import BASE_DIR

HAN = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)

# Python that may hold Chinese, each with its reason: path of a file, or of a folder with a closing slash.
CHINESE_IS_DATA = {
    "library_site/imports/engine.py": "words that begin the total line of a sheet",
    "readers/imports/fields.py": "headings and words of sheets, read and never shown",
    "readers/rules/class_text.py": "how classes are written, read and never shown",
    "catalog/models/shelf_order.py": "volumes and digits as they are written on books",
    "catalog/migrations/0005_whole_catalogue.py": "the same, as it was",
    "activities/imports/questions.py": "headings and words of question sheets, read and never shown",
    "catalog/imports/": "headings and words of sheets, read and never shown",
    "readers/rules/naming.py": "names of grades and classes, the same in any language",
    "catalog/rules/sets.py": "volumes and digits as they are written on books",
    "catalog/rules/marc/": "words that stand in records, read and never shown",
    "catalog/rules/suggestions.py": "words that close the name of an author, read and never shown",
    "catalog/rules/tokens.py": "what is Chinese, and the words that close the name of an author",
    "catalog/rules/book_numbers.py": "brackets and the words that close the name of an author",
    "activities/rules/given_kinds.py": "kinds of activities as schools call them",
    "activities/rules/names.py": "surnames of two characters",
    "activities/imports/": "headings and words of booklists, read and never shown",
    "activities/rules/book_lines.py": "words that close the name of an author, read and never shown",
    "circulation/rules/retention.py": "what an erased person is called",
    "circulation/rules/capitals.py": "figures of amounts as receipts have them",
    "library_site/shared/pinyin.py": "surnames and their readings",
    "library_site/database/": "said in both languages at once, before Django and its translations are there",
    "library_site/serving/": "said in both languages at once, by a process without Django",
    "library_site/management/commands/prepare.py": "said in both languages at once: progress in the terminal",
    "library_site/demo/": "the demo school's names and books",
}


@pytest.mark.parametrize("app", translations.APPS)
def test_catalogue_is_up_to_date_with_sources(app):
    assert translations.current_text(app) == translations.updated_text(app), "run: uv run manage.py messages"


@pytest.mark.parametrize("app", translations.APPS)
def test_every_text_has_chinese(app):
    missing = translations.missing_in(translations.read(translations.catalogue_path(app)))

    assert [message.id for message in missing] == []


@pytest.mark.parametrize("app", translations.APPS)
def test_placeholders_of_text_and_chinese_match(app):
    unlike = [
        message.id
        for message in translations.read(translations.catalogue_path(app))
        if message.id and _placeholders(message.string) != _placeholders(message.id)
    ]

    assert unlike == []


def test_same_text_has_the_same_chinese_in_every_app():
    """All catalogues are merged into one: where two differ, tell them apart by a context (`pgettext`)."""
    chinese = defaultdict(set)
    for app in translations.APPS:
        for message in translations.read(translations.catalogue_path(app)):
            if message.id:
                chinese[message.context, message.id].add(message.string)

    assert {text: found for text, found in chinese.items() if len(found) > 1} == {}


def test_templates_hold_no_chinese():
    templates = [source for app in translations.APPS for source in translations.template_sources(app)]
    assert templates

    offending = [
        str(source.relative_to(BASE_DIR))
        for source in templates
        if HAN.search(TEMPLATE_COMMENT.sub("", source.read_text(encoding="utf-8")))
    ]

    assert offending == []


def test_python_holds_no_chinese_outside_data_modules():
    sources = [source for app in translations.APPS for source in (BASE_DIR / app).rglob("*.py")]
    assert sources

    offending = [
        f"{source.relative_to(BASE_DIR)}:{line}"
        for source in sources
        if not _may_hold_chinese(source)
        for line in _chinese_lines(source)
    ]

    assert offending == []


def _placeholders(text):
    parts = (text,) if isinstance(text, str) else text
    return {found for part in parts for found in PLACEHOLDER.findall(part)}


def _may_hold_chinese(source: Path) -> bool:
    path = source.relative_to(BASE_DIR).as_posix()
    return any(path == entry or (entry.endswith("/") and path.startswith(entry)) for entry in CHINESE_IS_DATA)


def _chinese_lines(source: Path):
    tree = ast.parse(source.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        if is_text and HAN.search(node.value):
            yield node.lineno
