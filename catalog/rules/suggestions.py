"""Which class a title may belong to: evidence with its weight, and how much of it makes a suggestion confident."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log

from catalog.rules.classification import Division, division
from catalog.rules.tokens import normalise

MOST = 4
CONFIDENT = 45  # of the sum of weights; tests/benchmarks/suggestions.py shows how many of these are right
LEAST = 4
WEAK = 0.6
# Classes whose names are ordinary words of stories and pictures, too.
_NOT_BY_NAME = "AIJ"
_CHINESE_RUN = re.compile("[\u3400-\u9fff]+")
_COUNTRY = re.compile(r"[\[(（〔【]\s*([\u3400-\u9fff]{1,5}?)\s*[\])）〕】]")
_ROLE = re.compile("(原著|编著|主编|改编|选编|编写|编|著|绘|译|文|图|等)+$")
_BETWEEN_PEOPLE = re.compile(r"[,;，；、/\s]+")
_BRACKETED = re.compile(r"[\[(（〔【][^\])）〕】]*[\])）〕】]")


class Reason(StrEnum):
    """Why a class is suggested; the page words it."""

    ISBN = "isbn"
    SAME_TITLE = "same_title"
    SERIES = "series"
    AUTHOR = "author"
    WORDS = "words"  # title words seen with the class in the own holdings
    FORM = "form"  # a word that names a kind of book
    COUNTRY = "country"  # of the author
    NAME = "name"  # of the class itself
    USUAL = "usual"  # what the library has most of: offered where little else is known


@dataclass(frozen=True)
class Evidence:
    """One thing that speaks for a number; `detail` is the word, author or series it is about."""

    number: str
    weight: float
    reason: Reason
    detail: str = ""
    titles: int = 0  # of the own holdings that say so


@dataclass(frozen=True)
class Suggestion:
    """A number with what speaks for it, the strongest first."""

    number: str
    score: float
    evidence: tuple[Evidence, ...]

    @property
    def confident(self) -> bool:
        return self.score >= CONFIDENT


@dataclass(frozen=True)
class FormWord:
    """A word that names a kind of book: its number, and how it ends for literature of another country."""

    number: str
    foreign: str
    weak: bool = False  # a word that often stands beside what a book is really about


def ranked(evidence: Iterable[Evidence], *, most: int = MOST) -> list[Suggestion]:
    """The best numbers. What speaks for the same number adds up; of one reason only its strongest counts."""
    found: dict[str, dict[Reason, Evidence]] = defaultdict(dict)
    for each in evidence:
        best = found[each.number].get(each.reason)
        if best is None or each.weight > best.weight:
            found[each.number][each.reason] = each
    suggestions = [_suggestion(number, list(by_reason.values())) for number, by_reason in found.items()]
    strong = [suggestion for suggestion in suggestions if suggestion.score >= LEAST]
    return sorted(strong, key=lambda suggestion: (-suggestion.score, suggestion.number))[:most]


def _suggestion(number: str, evidence: Sequence[Evidence]) -> Suggestion:
    known = [each for each in evidence if each.reason is not Reason.USUAL]
    ordered = tuple(sorted(known or evidence, key=lambda each: -each.weight))
    return Suggestion(number, sum(each.weight for each in ordered), ordered)


def people(author: str) -> list[str]:
    """Names in a statement of responsibility without brackets and roles: （英）罗尔德·达尔著 → 罗尔德达尔."""
    plain = _BRACKETED.sub(" ", normalise(author))
    names = (_ROLE.sub("", name) for name in _BETWEEN_PEOPLE.split(plain))
    return [name for name in names if len(name) > 1]


def country_of(author: str) -> str:
    """What stands in the first brackets: 英 for （英）罗尔德·达尔."""
    found = _COUNTRY.search(author)
    return found[1] if found else ""


def pairs(name: str) -> list[str]:
    """Neighbouring characters of a name, each once, as the search keeps them."""
    runs = _CHINESE_RUN.findall(re.sub(r"[\W_]+", "", normalise(name)))
    return list(dict.fromkeys(run[start : start + 2] for run in runs for start in range(len(run) - 1)))


def parts(name: str, *, longest: int = 8) -> set[str]:
    """Everything of two to eight neighbouring characters, to be looked up as the name of a class."""
    plain = normalise(name)
    return {
        plain[start:end]
        for start in range(len(plain))
        for end in range(start + 2, min(len(plain), start + longest) + 1)
    }


def from_word_counts(counts: Mapping[str, Mapping[str, int]]) -> list[Evidence]:
    """What the words of a title say, `counts` being {pair: {number: titles of the holdings}}.

    A rare pair says more than a common one, and a pair that stands in one class only more than one found everywhere.
    """
    scores: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, str, int]] = {}
    total = 0.0
    for pair, numbers in counts.items():
        seen = sum(numbers.values())
        weight = log(1 + 20_000 / seen)
        total += weight
        for number, titles in numbers.items():
            share = weight * titles / (seen + 1)
            scores[number] += share
            best[number] = max(best.get(number, (0.0, "", 0)), (share, pair, titles))
    return [
        Evidence(number, 40 * score / total, Reason.WORDS, best[number][1], best[number][2])
        for number, score in scores.items()
    ]


def from_share(
    numbers: Mapping[str, int], *, weight: float, doubt: float, reason: Reason, detail: str
) -> list[Evidence]:
    """The share that each number has among the titles of a series or an author; few titles leave doubt."""
    seen = sum(numbers.values())
    return [
        Evidence(number, weight * titles / (seen + doubt), reason, detail, titles) for number, titles in numbers.items()
    ]


def from_form(texts: Sequence[tuple[str, float]], *, words: Mapping[str, FormWord], country: str) -> list[Evidence]:
    """Words that name a kind of book, `texts` with how much each counts; `country` is the number of its literature."""
    found: dict[str, float] = {}
    for text, factor in texts:
        plain = normalise(text)
        for word in _longest([word for word in words if word in plain]):
            found[word] = max(found.get(word, 0), factor)
    evidence = [_of_form(word, words[word], factor, country) for word, factor in found.items()]
    if country and not any(each.number.startswith(country) for each in evidence):
        evidence.append(Evidence(_in_country(country, "84"), 9, Reason.COUNTRY))
    return evidence


def _longest(words: list[str]) -> list[str]:
    """Without those that stand inside another: 民间故事 and not 故事."""
    return [word for word in words if not any(word != other and word in other for other in words)]


def _of_form(word: str, form: FormWord, factor: float, country: str) -> Evidence:
    number = _in_country(country, form.foreign) if country and form.foreign else form.number
    return Evidence(number, factor * (WEAK if form.weak else 1) * (6 + 4 * len(word)), Reason.FORM, word)


def _in_country(country: str, form: str) -> str:
    """I561 and 84 are I561.84; I312.6 has its dot already."""
    return f"{country}{form}" if "." in country else f"{country}.{form}"


def from_names(named: Mapping[str, Sequence[str]]) -> list[Evidence]:
    """Classes whose very name stands in a title; a name that several classes have says nothing.

    What schools hold of science and technology are popular books: their numbers end in -49.
    """
    return [
        Evidence(_popular(codes[0]), 3 + 2 * len(name), Reason.NAME, name)
        for name, codes in named.items()
        if len(codes) == 1 and codes[0][0] not in _NOT_BY_NAME
    ]


def _popular(code: str) -> str:
    return f"{code}-49" if division(code) is Division.NATURAL_SCIENCES and "-" not in code else code
