"""The colours of the main classes: white words on them can be read, and no two neighbours look alike."""

import itertools
import math
import re

import pytest

from catalog.rules.classification import MAIN_CLASSES
from library_site.paths import STATIC_SOURCE
from tests.library_site.test_theme import luminance

SHEET = (STATIC_SOURCE / "site" / "css" / "classes.css").read_text()
COLOURS = dict(re.findall(r"--class-(\w+): (#[0-9a-f]{6});", SHEET))


def oklab(colour: str) -> tuple[float, float, float]:
    """Björn Ottosson's space, in which equal distances look equally different."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def apart(one: str, other: str) -> float:
    return math.dist(oklab(COLOURS[one]), oklab(COLOURS[other]))


def test_every_main_class_has_a_colour_and_a_name_for_it():
    assert set(COLOURS) == {*MAIN_CLASSES, "none"}
    assert re.findall(r"\.class-(\w) \{\n  --class-color: var\(--class-\1\);", SHEET) == list(MAIN_CLASSES)


@pytest.mark.parametrize("letter", COLOURS)
def test_white_words_can_be_read_on_it(letter):
    assert 1.05 / (luminance(COLOURS[letter]) + 0.05) >= 4.5


def test_classes_can_be_told_apart():
    pairs = itertools.combinations(MAIN_CLASSES, 2)
    assert min(apart(one, other) for one, other in pairs) > 0.04
    assert min(apart(one, other) for one, other in itertools.pairwise(MAIN_CLASSES)) > 0.12
