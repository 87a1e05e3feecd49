import pytest

from library_site.shared.pinyin import pinyin_of, pinyin_of_name


@pytest.mark.parametrize(
    ("text", "full", "initials"),
    [
        ("三国演义", "sanguoyanyi", "sgyy"),
        ("绿野仙踪", "lvyexianzong", "lyxz"),
        ("Harry Potter与魔法石", "harrypotteryumofashi", "hpymfs"),
        ("十万个为什么（第3辑）", "shiwangeweishenmedi3ji", "swgwsmd3j"),
        ("……", "", ""),
        ("", "", ""),
    ],
)
def test_pinyin_of_title(text, full, initials):
    assert pinyin_of(text) == (full, initials)


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("曾小红", "zengxiaohong", "zxh"),
        ("单丽", "shanli", "sl"),
        ("王小曾", "wangxiaoceng", "wxc"),
        ("欧阳娜", "ouyangna", "oyn"),
        ("曾", "zeng", "z"),
        ("", "", ""),
    ],
)
def test_pinyin_of_name_reads_the_surname_as_a_surname(name, full, initials):
    assert pinyin_of_name(name) == (full, initials)
