"""What reports keep: room care, plans."""

from datetime import date

from readers.models import Semester
from reports.models import PlanAim, PlanItem, RoomCare, WorkPlan


def make_care(kind: str = "cleaning", *, on: date, **fields: object) -> RoomCare:
    return RoomCare.objects.create(kind=kind, on=on, **{"done_by": "李老师", **fields})


def make_plan(semester: Semester, **fields: object) -> WorkPlan:
    return WorkPlan.objects.create(semester=semester, **fields)


def make_aim(plan: WorkPlan, text: str = "生均借书 8 册", **fields: object) -> PlanAim:
    return PlanAim.objects.create(plan=plan, text=text, **{"position": plan.aims.count() + 1, **fields})


def make_item(plan: WorkPlan, month: date, text: str = "新书上架", **fields: object) -> PlanItem:
    return PlanItem.objects.create(plan=plan, month=month, text=text, **{"position": plan.items.count() + 1, **fields})
