"""Loading the whole classification."""

import pytest

from catalog.models import ClcClass
from catalog.operations.clc import Counts, load_clc, spell_classes
from catalog.queries.classification import clc_codes
from catalog.rules.classification import MAIN_CLASSES, longest_prefix

pytestmark = pytest.mark.django_db


def test_load_clc_fills_the_tree_and_repeating_changes_nothing():
    first = load_clc()

    assert first.created == ClcClass.objects.count() > 45_000
    assert load_clc() == Counts(created=0, changed=0, same=first.created)
    assert "".join(ClcClass.objects.filter(parent=None).order_by("code").values_list("code", flat=True)) == MAIN_CLASSES
    # Names of the 5th edition win, alternative classes lose their brackets, a parent need not be a prefix.
    assert ClcClass.objects.get(code="TN").name == "电子技术、通信技术"
    assert ClcClass.objects.get(code="J19").parent_id == "J"
    assert ClcClass.objects.get(code="G62").parent_id == "G4"
    assert ClcClass.objects.get(code="I28").pinyin == "ertongwenxue"
    assert not ClcClass.objects.filter(code__regex=r"[][{}]").exists()
    assert not ClcClass.objects.filter(name="").exists()
    assert longest_prefix("K837.125.76", clc_codes()) == "K833/837"
    assert longest_prefix("I287.45=2", clc_codes()) == "I287.45"


def test_load_clc_puts_right_what_was_changed_and_keeps_what_is_the_schools_own():
    created = load_clc().created
    ClcClass.objects.filter(code="I28").update(name="童书")
    ClcClass.objects.create(code="I28Z", name="校本", parent_id="I28", level=4)

    assert load_clc() == Counts(created=0, changed=1, same=created - 1)
    assert ClcClass.objects.get(code="I28").name == "儿童文学"
    assert ClcClass.objects.filter(code="I28Z").exists()


def test_deeper_classes_get_their_pinyin_afterwards_and_once():
    ClcClass.objects.create(code="I", name="文学", level=1, pinyin="wenxue", initials="wx")
    ClcClass.objects.create(code="I287.45", name="长篇、中篇小说", parent_id="I", level=6)
    ClcClass.objects.create(code="I287.9", name="、", parent_id="I", level=6)

    assert spell_classes() == 2

    deep = ClcClass.objects.get(code="I287.45")
    assert (deep.pinyin, deep.initials) == ("changpianzhongpianxiaoshuo", "cpzpxs")
    assert spell_classes() == 0
