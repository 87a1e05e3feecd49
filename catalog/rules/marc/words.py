"""What stands in subfields, as words of ours: names without their roles, prices, years, ISBD's signs."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from catalog.models import Title
from library_site.shared.codes import isbn13

BETWEEN = "; "  # between several subjects, keywords or names
_LIMITS = {field.name: field.max_length for field in Title._meta.concrete_fields}
_MADE = "编著|编著者|编写|编绘|编译|主编|总主编|编|著|原著|撰|撰文|作|写|文|改编|缩写|选编|绘著|绘|图|文图"
_ROLE_BEHIND = re.compile(rf"[\s.…]*(?:等)?[\[［]?(?:{_MADE})[\]］]?$")
_ROLE_BEFORE = re.compile(r"^(?:总主编|主编|编著|原著|选编|改编|撰文|著者|作者|编者)[:：\s]*(?=\S\S)(?!不详)")
_TRANSLATES = re.compile(r"[\[［]?(?:编|选|翻|合|缩|改)?译(?:者|注|绘)?[\]］]?$|^(?:翻译|译者)[:：\s]*")
_OF_SET = re.compile(r"[全共套]套?装?\s*([0-9]{1,3}|[一二三四五六七八九十两]{1,3})\s*[册卷本]")
_FULL_STOP = re.compile(r"(?:[^\W\d_a-zA-Z]|[a-z]{3}|[\])])\.$")  # not that of an abbreviation
_PRICE = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_DIGITS = {sign: value for value, sign in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_ISBN = re.compile(r"[\dXx][\dXx\-‐‑–—\s]{8,20}[\dXx]")


def clipped(field: str, text: str) -> str:
    """A text as its column has room for it; what is cut off stays in the record."""
    limit = _LIMITS.get(field)
    return text if limit is None or len(text) <= limit else text[: limit - 1].rstrip() + "…"


def joined(field: str, parts: Iterable[str]) -> str:
    """Parts that differ, as many as the column has room for."""
    limit, text = _LIMITS[field] or 400, ""
    for part in dict.fromkeys(parts):
        longer = f"{text}{BETWEEN}{part}" if text else part
        if len(longer) > limit:
            break
        text = longer
    return text or clipped(field, next(iter(parts), ""))


def without_isbd(text: str) -> str:
    """A subfield of MARC 21 without the sign that leads to the next one, and without brackets all around."""
    text = text.strip().rstrip(" /:;,=")
    text = text[:-1] if _FULL_STOP.search(text) else text
    return text[1:-1] if text[:1] == "[" and text.find("]") == len(text) - 1 else text


def isbn_and_note(text: str) -> tuple[str, str]:
    """An ISBN as 13 digits, and what stands in brackets behind it, such as the binding."""
    plain = unicodedata.normalize("NFKC", text)
    found = _ISBN.search(plain)
    note = re.search(r"[(\[](.+?)[)\]]", plain)
    return (isbn13(found[0]) or "") if found else "", note[1].strip() if note else ""


def price_of(text: str) -> str:
    """`CNY28.00`, `￥66.00（全三册）`, `CNY赠90.00` as two decimals; empty where there is none."""
    found = _PRICE.search(unicodedata.normalize("NFKC", text).replace(",", ""))
    price = Decimal(found[0]) if found else None
    return f"{price:.2f}" if price is not None and 0 < price < 10**8 else ""


def volumes_of(text: str) -> int | None:
    """Of how many volumes a price is that: 全三册, 全套4册, 共2册."""
    found = _OF_SET.search(unicodedata.normalize("NFKC", text))
    number = (int(found[1]) if found[1].isdigit() else _chinese_number(found[1])) if found else 0
    return number if number > 1 else None


def _chinese_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def year_of(text: str) -> str:
    """The year in a date as printed (`民國87 [1998]`, `c2004`, `2012.12`); else the text itself."""
    found = _YEAR.search(unicodedata.normalize("NFKC", text))
    return found[1] if found else clipped("published", without_isbd(text))


def is_translator(statement: str) -> bool:
    """Whether a statement of responsibility (or a role) speaks of a translation."""
    return _TRANSLATES.search(statement.strip()) is not None


def translator_name(statement: str) -> str:
    return _TRANSLATES.sub("", statement.strip()).strip(" ;；,，.等") or statement.strip()


def author_name(statement: str) -> str:
    """A statement of responsibility without the word for what was done: 烨子著 is 烨子."""
    text = without_isbd(statement)
    for role in (_ROLE_BEHIND, _ROLE_BEFORE):
        name = role.sub("", text).strip(" ;；,，")
        text = name if len(name) > 1 else text
    return text
