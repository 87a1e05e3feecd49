"""Making and keeping the work plan of a semester."""

from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated
from readers.models import Semester
from reports.models import PlanAim, PlanItem, WorkPlan
from reports.queries.plan_drafts import Draft
from reports.rules.plans import WORDS, version_of

THERE_IS_ONE = Problem("plan_exists", _("This semester has a plan already."), field="semester")
CHANGED = Problem(
    "plan_changed",
    _("Somebody else changed this plan meanwhile; nothing of yours was saved."),
    _("What they wrote is on the plan's page; saving again keeps what this form says."),
)


def begin_plan(*, semester: Semester, draft: Draft, by: User | None, address: str | None = None) -> WorkPlan:
    """Makes the plan of a semester with the words, aims and items of a draft. Refused where the semester has a plan."""
    try:
        with act("begin_work_plan", by=by, address=address):
            plan = WorkPlan.objects.create(semester=semester, **draft.words)
            for position, aim in enumerate(draft.aims, start=1):
                aim.plan, aim.position = plan, position
            for position, item in enumerate(draft.items, start=1):
                item.plan, item.position = plan, position
            PlanAim.objects.bulk_create(draft.aims)
            PlanItem.objects.bulk_create(draft.items)
            return plan
    except IntegrityError as error:
        if violated(error) != "work_plan_one_per_semester":
            raise
        raise Refused([THERE_IS_ONE]) from error


def save_words(*, plan_id: int, words: dict[str, str], seen: str, by: User, address: str | None = None) -> WorkPlan:
    """Writes the plan's words. `seen` is what `version_of` the plan was when the form was shown: refused if somebody
    changed them since."""
    with act("save_work_plan", by=by, address=address):
        plan = WorkPlan.objects.select_for_update(no_key=True).get(pk=plan_id)
        if seen != version_of(plan):
            raise Refused([CHANGED])
        for name in WORDS:
            setattr(plan, name, words[name])
        plan.save(update_fields=WORDS)
        return plan


def save_line(*, line: PlanAim | PlanItem, by: User, address: str | None = None) -> None:
    """Adds an aim or an item at the end, or changes it."""
    with act("save_plan_line", by=by, address=address):
        if line.pk is None:
            WorkPlan.objects.select_for_update(no_key=True).get(pk=line.plan_id)
            line.position = 1 + max(_siblings(line).values_list("position", flat=True), default=0)
        line.save()


def drop_line(*, line: PlanAim | PlanItem, by: User, address: str | None = None) -> None:
    """Takes an aim or an item out of the plan; the history keeps it."""
    with act("drop_plan_line", by=by, address=address):
        line.delete()


def move_up(*, line: PlanAim | PlanItem, by: User, address: str | None = None) -> None:
    """Puts an aim, or an item among those of its month, before the one above it; the first stays where it is."""
    with act("move_plan_line", by=by, address=address):
        WorkPlan.objects.select_for_update(no_key=True).get(pk=line.plan_id)
        order = list(_siblings(line).order_by("position", "pk"))
        place = order.index(line)
        if place:
            order[place - 1 : place + 1] = [order[place], order[place - 1]]
        for position, row in enumerate(order, start=1):
            if row.position != position:
                row.position = position
                row.save(update_fields=["position"])


def tick_item(*, item_id: int, done: bool, on: date, by: User, address: str | None = None) -> PlanItem:
    """Notes that an item is done on a day, or open again; one that is done already keeps its day."""
    with act("tick_plan_item", by=by, address=address):
        item = PlanItem.objects.select_for_update(no_key=True).get(pk=item_id)
        wanted = (item.done_on or on) if done else None
        if wanted != item.done_on:
            item.done_on = wanted
            item.save(update_fields=["done_on"])
        return item


def _siblings(line: Any) -> Any:
    rows = type(line).objects.filter(plan=line.plan_id)
    return rows.filter(month=line.month) if isinstance(line, PlanItem) else rows
