"""The Simplified Chinese of the pages: each app keeps its own `.po`; updated from the sources and compiled by Babel.

Needs neither the system's gettext nor a set-up Django, so the start of the product and the tests can call it first.
Catalogues carry no dates, line numbers or paths: they change only where a text does.
"""

import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from library_site.paths import BASE_DIR

APPS = ("library_site", "readers", "catalog", "circulation", "activities", "reports")
LOCALE = "zh_Hans"
SKIPPED_FOLDERS = {"migrations", "node_modules", "__pycache__"}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


@dataclass(frozen=True)
class Update:
    """What `update_app` found: whether the file changed, and the texts that have no Chinese yet."""

    app: str
    changed: bool
    missing: list[str]


def catalogue_path(app: str) -> Path:
    return BASE_DIR / app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def compile_all() -> list[Path]:
    """Writes each app's `.mo` whose `.po` is newer; returns those written. Safe beside other processes."""
    paths = [path for path in map(catalogue_path, APPS) if path.exists() and _is_stale(path)]
    for path in paths:
        _compile(path)
    return paths


def update_all() -> list[Update]:
    """Brings every app's `.po` in line with its sources."""
    return [update_app(app) for app in APPS]


def update_app(app: str) -> Update:
    """Adds new texts, drops unused ones, keeps translations; a new text takes over another app's Chinese for it."""
    path = catalogue_path(app)
    text = updated_text(app)
    changed = text != current_text(app)
    if changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return Update(app=app, changed=changed, missing=[str(message.id) for message in missing_in(read(path))])


def current_text(app: str) -> str:
    """The `.po` of an app as it lies on disk; an app without texts needs none."""
    path = catalogue_path(app)
    return path.read_text(encoding="utf-8") if path.exists() else HEADER


def updated_text(app: str) -> str:
    """The `.po` of an app as its sources ask for it."""
    known = read(catalogue_path(app))
    fallback = [read(catalogue_path(other)) for other in APPS if other != app]
    catalogue = Catalog(locale=LOCALE)
    for wanted in extracted(app):
        translations = [_translation(source, wanted) for source in (known, *fallback)]
        chosen = next((translation for translation in translations if translation), None)
        catalogue.add(_texts(wanted), chosen, context=wanted.context)
    return HEADER + _written(catalogue)


def missing_in(catalogue: Catalog) -> list[Message]:
    """Messages without a complete translation."""
    return [message for message in catalogue if message.id and (message.fuzzy or not _is_complete(message))]


def read(path: Path) -> Catalog:
    """The catalogue in a file; an empty one where there is no file."""
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def extracted(app: str) -> list[Message]:
    """Every text that the app's Python and templates mark for translation, once each."""
    found: dict[tuple[object, object], Message] = {}
    for source in _python_sources(app):
        _collect(found, source.read_text(encoding="utf-8"))
    for source in template_sources(app):
        _collect(found, _template_as_python(source))
    return list(found.values())


def template_sources(app: str) -> Iterator[Path]:
    """`templates/<app>/**` belongs to the app, all other templates to `library_site`."""
    root = BASE_DIR / "templates"
    for source in sorted((*root.rglob("*.html"), *root.rglob("*.txt"))):
        folder = source.relative_to(root).parts[0]
        owner = folder if folder in APPS else "library_site"
        if owner == app:
            yield source


def _python_sources(app: str) -> Iterable[Path]:
    sources = sorted((BASE_DIR / app).rglob("*.py"))
    return [source for source in sources if not SKIPPED_FOLDERS & set(source.parts)]


def _template_as_python(source: Path) -> str:
    from django.utils.translation.template import templatize

    # The brackets spare Babel's tokenizer the indentation of HTML.
    return f"(\n{templatize(source.read_text(encoding='utf-8'), origin=source.name)}\n)"


def _collect(found: dict[tuple[object, object], Message], python: str) -> None:
    for _line, texts, _comments, context in extract("python", io.BytesIO(python.encode()), keywords=KEYWORDS):
        known = texts if isinstance(texts, str) else texts[0]
        current = found.get((context, known))
        # The same text with a plural and without is one message, with the plural.
        if current is None or not current.pluralizable:
            found[context, known] = Message(texts, context=context)


def _translation(catalogue: Catalog, wanted: Message) -> str | tuple[str, ...] | None:
    known = catalogue.get(wanted.id, wanted.context)
    if known is None or known.fuzzy or not _is_complete(known):
        return None
    strings = _strings(known)
    return strings[:1] if wanted.pluralizable else strings[0]


def _is_complete(message: Message) -> bool:
    strings = _strings(message)
    return bool(strings) and all(text.strip() for text in strings)


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _texts(message: Message) -> str | tuple[str, ...]:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def _written(catalogue: Catalog) -> str:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, no_location=True, sort_output=True, width=0)
    body = buffer.getvalue().decode()
    return f"\n{body.rstrip()}\n" if body.strip() else ""


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns


def _compile(path: Path) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        write_mo(file, read(path))
    temporary.replace(path.with_suffix(".mo"))
