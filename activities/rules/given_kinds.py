"""The kinds of activities that a school begins with."""

from collections.abc import Sequence

from activities.models import ActivityKind

Shape = ActivityKind.Shape
# What schools hold, as their plans call it.
GIVEN: Sequence[tuple[str, str]] = (
    ("读书节", Shape.FESTIVAL),
    ("征文", Shape.WORKS),
    ("手抄报", Shape.WORKS),
    ("书签设计", Shape.WORKS),
    ("讲故事比赛", Shape.GENERAL),
    ("朗诵比赛", Shape.GENERAL),
    ("读书会", Shape.GENERAL),
    ("知识竞赛", Shape.QUIZ),
    ("图书漂流", Shape.DRIFT),
    ("捐书", Shape.DONATION),
    ("图书馆利用课", Shape.LESSON),
    ("讲座", Shape.LECTURE),
    ("校外比赛", Shape.OUTSIDE),
)
