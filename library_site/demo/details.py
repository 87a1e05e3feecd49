"""What the demo's titles say beside name and author, as a school that has finished cataloguing would have it."""

from random import Random

from library_site.demo.templates import TEMPLATES

STACKS, PICTURE_ROOM, TEACHERS_ROOM, REFERENCE_ROOM = "流通书库", "低年级绘本室", "教师资料室", "工具书阅览室"
# Where each place is, and where its shelves begin.
PLACES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    STACKS: (
        "二楼东侧，进门直走",
        (("1号架", "A"), ("2号架", "G"), ("3号架", "H"), ("4号架", "I"), ("5号架", "I287"), ("6号架", "I287.5"),
         ("7号架", "I3"), ("8号架", "J"), ("9号架", "K"), ("10号架", "N"), ("11号架", "Q"), ("12号架", "R")),
    ),
    PICTURE_ROOM: ("一楼大厅左侧", (("黄色书架", "A"), ("绿色书架", "I287.8"), ("蓝色书架", "J"))),
    TEACHERS_ROOM: ("二楼西侧 205 室", (("1号柜", "A"), ("2号柜", "H"))),
    REFERENCE_ROOM: ("二楼服务台旁", (("工具书架", "A"),)),
}  # fmt: skip
SUPPLIERS = ("蓝天图书配送中心", "晨光书店", "县教育局统一配发", "")
_COURSES = {
    "G623.2": "语文", "G624.2": "语文", "H1": "语文", "G623.5": "数学", "G624.5": "数学", "O1": "数学", "H319": "英语",
    "J6": "音乐", "J2": "美术", "J528": "美术", "G8": "体育", "D": "道德与法治", "TP": "信息科技", "N": "科学",
    "O": "科学", "P": "科学", "Q": "科学", "S": "科学", "X": "科学",
}  # fmt: skip
_SUBJECTS = {
    template.clc_number: sorted(template.subjects.split(), key=len, reverse=True)
    for template in TEMPLATES
    if not template.signed
}
_UPWARDS = ("primary_lower", "primary_middle", "primary_upper")


def course_of(clc_number: str) -> str:
    """The school subject that a class is for; empty for most of what is read for pleasure."""
    fitting = [prefix for prefix in _COURSES if clc_number.startswith(prefix)]
    return _COURSES[max(fitting, key=len)] if fitting else ""


def stage_of(rng: Random, clc_number: str, audience: str) -> str:
    """For whom a title is written; books for teachers are for no stage."""
    if audience == "teacher":
        return ""
    if audience == "lower":
        return "picture" if clc_number == "I287.8" else "primary_lower"
    return rng.choices(_UPWARDS, (15, 45, 40))[0]


def subject_of(name: str, clc_number: str) -> str:
    """What a book of knowledge is about."""
    return next((subject for subject in _SUBJECTS.get(clc_number, ()) if subject in name), "")


def volumes_of(clc_number: str, known: bool) -> int | None:
    """Libraries of books (文库) and encyclopaedias come in sets."""
    return {"Z1": 4, "Z228.1": 3}.get(clc_number) if not known else None


def isbn_of(number: int) -> str:
    """A number with the right check digit in a range that no publisher has; 13 digits."""
    digits = f"978799{number % 1_000_000:06d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
