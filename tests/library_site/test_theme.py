"""Colours are read from the stylesheet and reckoned with: WCAG 2.2 AA, 1.4.3 (text) and 1.4.11 (outlines)."""

import re

import pytest

from library_site.paths import STATIC_SOURCE

SHEET = (STATIC_SOURCE / "site" / "css" / "theme.css").read_text()
COLOURS = dict(re.findall(r"--lib-([a-z-]+): (#[0-9a-f]{6});", SHEET))
GROUNDS = ["ground", "surface", "sunken"]
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "accent", "accent-deep", "bad") for ground in GROUNDS),
    *((kind, f"{kind}-soft") for kind in ("ok", "warn", "bad", "info", "quiet")),
    *((ink, "accent-soft") for ink in ("ink", "accent", "accent-deep")),
    *(("on-accent", ground) for ground in ("accent", "accent-deep", "bad")),
]
OUTLINE_PAIRS = [
    *((line, ground) for line in ("line-strong", "focus", "accent") for ground in GROUNDS),
    ("accent", "sunken"),
    *((f"chart-{letter}", "surface") for letter in "abcde"),
]


def luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(ink, ground):
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("line", "ground"), OUTLINE_PAIRS)
def test_outlines_of_fields_and_focus_can_be_seen(line, ground):
    assert contrast(line, ground) >= 3


def test_bootstraps_triplets_are_the_same_colours():
    triplets = dict(re.findall(r"--bs-([a-z-]+)-rgb: ([0-9, ]+);", SHEET))
    names = {"primary": "accent", "success": "ok", "danger": "bad", "link-color": "accent"}
    for bootstrap, ours in names.items():
        colour = COLOURS[ours]
        assert triplets[bootstrap] == ", ".join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
