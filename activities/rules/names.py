"""How a pupil is named where others read it: the school chooses, and never in full without consent."""

from django.utils.translation import gettext as _

from activities.models.options import ShownNames

# Surnames of two characters, the ones that families bear today.
_PAIRS = (
    "欧阳上官司马诸葛夏侯皇甫尉迟公孙慕容司徒司空令狐长孙宇文轩辕东方南宫西门端木呼延澹台公冶宗政濮阳淳于单于太叔"
    "申屠仲孙闻人赫连独孤钟离鲜于闾丘亓官司寇巫马公西漆雕乐正拓跋百里东郭羊舌微生梁丘左丘东门第五纳兰万俟"
)
DOUBLE_SURNAMES = frozenset(_PAIRS[place : place + 2] for place in range(0, len(_PAIRS), 2))
STAR = "*"


def shown_name(name: str, option: str, *, consent: bool, class_name: str = "") -> str:
    """The name as others may read it; the class's name is written beside it by the caller.

    `option` is one of `ShownNames`. In full only where the school wants that and `consent` to the name is in force;
    else shortened. Where the class alone is named, nothing stands beside `class_name`, and a word without one.
    """
    if option == ShownNames.CLASS_ONLY:
        return "" if class_name else _("a pupil")
    if option == ShownNames.FULL and consent:
        return name
    return shortened(name)


def shortened(name: str) -> str:
    """The surname and a star for each further character: 张三丰 → 张**, 欧阳修 → 欧阳*. Never the whole name."""
    name = name.strip()
    if " " in name or "·" in name:  # several words: the first one's beginning
        return name[:1] + STAR * 2
    surname = 2 if len(name) > 2 and name[:2] in DOUBLE_SURNAMES else 1
    return name[:surname] + STAR * max(len(name) - surname, 1)


def inside_quotes(text: str) -> str:
    """A name as it stands between quotation marks: its own are single ones there (GB/T 15834)."""
    return text.translate(str.maketrans("“”", "‘’"))
