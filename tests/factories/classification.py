"""A few branches of the classification, as `load_clc` would make them."""

from catalog.models import ClcClass
from library_site.shared.pinyin import pinyin_of

BRANCHES = (
    ("G", "文化、科学、教育、体育", None),
    ("G4", "教育", "G"),
    ("G62", "初等教育、小学教育", "G4"),
    ("I", "文学", None),
    ("I2", "中国文学", "I"),
    ("I24", "小说", "I2"),
    ("I247", "当代作品", "I24"),
    ("I247.5", "新体长篇、中篇小说", "I247"),
    ("I28", "儿童文学", "I2"),
    ("I287", "当代作品", "I28"),
    ("I287.4", "小说", "I287"),
    ("I287.45", "新体小说", "I287.4"),
    ("I3/7", "各国文学", "I"),
    ("K", "历史、地理", None),
    ("T", "工业技术", None),
    ("TP", "自动化技术、计算机技术", "T"),
    ("TP3", "计算技术、计算机技术", "TP"),
)


def make_classification() -> None:
    levels: dict[str | None, int] = {None: 0}
    for code, name, parent in BRANCHES:
        levels[code] = levels[parent] + 1
        pinyin, initials = pinyin_of(name)
        ClcClass.objects.create(
            code=code, name=name, parent_id=parent, level=levels[code], pinyin=pinyin, initials=initials
        )
