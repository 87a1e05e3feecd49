"""Work plans as pages and papers show them: items by month, aims against results, what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q

from library_site.shared.reference import Reference
from readers.models import Semester
from readers.queries.classes import semester_on, semesters
from reports.models import PlanAim, PlanItem, WorkPlan
from reports.queries.periods import semester_label
from reports.queries.semester_figures import ShownFigure, shown_figures
from reports.rules.catalogue import CATALOGUE, FigureSpec
from reports.rules.numbers import written
from reports.rules.plans import by_month, is_reached, months_of, progress, version_of


@dataclass(frozen=True)
class PlanRow:
    """A semester in the list of plans; `plan` is None where it has none yet."""

    semester: Semester
    label: str
    plan: WorkPlan | None
    done: int = 0
    items: int = 0
    aims: int = 0


@dataclass(frozen=True)
class AimLine:
    """An aim with its figure (None: an aim in words), and how far it is. `reached` is None where nothing is known.

    `is_over`: the semester has ended, so what is not reached by now will not be.
    """

    aim: PlanAim
    spec: FigureSpec | None
    value: Decimal | None
    reached: bool | None
    is_over: bool

    @property
    def target_text(self) -> str:
        return self._written(self.aim.target) if self.aim.target is not None else ""

    @property
    def value_text(self) -> str:
        return self._written(self.value)

    @property
    def formula(self) -> Any:
        return self.spec.formula_of(self.aim.variant) if self.spec else ""

    @property
    def result_text(self) -> str:
        """The figure, then what somebody wrote; a dash where neither is known."""
        parts = [self.value_text] if self.spec and (self.value is not None or not self.aim.result) else []
        return " ".join([*parts, self.aim.result]).strip() or written(None)

    def _written(self, value: Decimal | None) -> str:
        if self.spec is None:
            return written(value)
        unit = self.spec.unit_of(self.aim.variant)
        return written(value, whole=self.spec.whole_number, unit=str(unit) if unit == "%" else "")


@dataclass(frozen=True)
class PlanPage:
    """A plan with all that its page and its paper show."""

    plan: WorkPlan
    semester: Semester
    label: str
    aims: Sequence[AimLine]
    months: Sequence[tuple[date, Sequence[PlanItem]]]
    done: int
    items: int


def plan_of(semester: Semester) -> WorkPlan | None:
    """The plan with its aims and items in order; None where there is none. Three statements."""
    aims = Prefetch("aims", PlanAim.objects.order_by("position", "pk"))
    items = Prefetch("items", PlanItem.objects.order_by("month", "position", "pk"))
    return WorkPlan.objects.filter(semester=semester).prefetch_related(aims, items).first()


def plan_page(plan: WorkPlan, semester: Semester, *, reference: Reference, today: date) -> PlanPage:
    """What the page shows. Figures are asked for only where an aim names one and the semester has begun."""
    items = list(plan.items.all())
    done, number = progress(items)
    return PlanPage(
        plan=plan,
        semester=semester,
        label=semester_label(semester),
        aims=aim_lines(plan, semester, reference=reference, today=today),
        months=by_month(items, months_of(semester)),
        done=done,
        items=number,
    )


def aim_lines(plan: WorkPlan, semester: Semester, *, reference: Reference, today: date) -> list[AimLine]:
    """The aims against their results as of today."""
    aims = list(plan.aims.all())
    asked = any(aim.figure for aim in aims) and semester.starts_on <= today
    shown = shown_figures(semester, reference=reference, today=today) if asked else {}
    return [aim_line(aim, shown, is_over=semester.ends_on < today) for aim in aims]


def aim_line(aim: PlanAim, shown: Mapping[str, ShownFigure], *, is_over: bool) -> AimLine:
    """An aim against the figure that the report shows; unknown where the school reckons by another formula since."""
    spec, figure = CATALOGUE.get(aim.figure), shown.get(aim.figure)
    value = figure.value if figure and figure.variant == aim.variant else None
    reached = is_reached(value, aim.target, higher_is_better=spec.higher_is_better) if spec else None
    return AimLine(aim, spec, value, reached, is_over)


def figures_to_aim_at() -> list[tuple[str, str]]:
    """(code, name with its unit) of the figures that a target makes sense for."""
    return [(spec.code, _labelled(spec)) for spec in CATALOGUE.values() if spec.per]


def _labelled(spec: FigureSpec) -> str:
    unit = str(spec.unit_of(""))
    return f"{spec.name} ({unit})" if unit else str(spec.name)


def seen_of(plan: WorkPlan) -> str:
    """The mark of what the plan's words say now, for the form that shows them."""
    return version_of(plan)


def plan_rows(reference: Reference) -> list[PlanRow]:
    """Every semester, the newest first, with its plan and how far that is. One statement."""
    counted = WorkPlan.objects.annotate(
        item_count=Count("items", distinct=True),
        done_count=Count("items", distinct=True, filter=Q(items__done_on__isnull=False)),
        aim_count=Count("aims", distinct=True),
    )
    plans = {plan.semester_id: plan for plan in counted}
    return [_row(semester, plans.get(semester.pk)) for semester in reversed(semesters(reference))]


def _row(semester: Semester, plan: Any) -> PlanRow:
    label = semester_label(semester)
    if plan is None:
        return PlanRow(semester, label, None)
    return PlanRow(semester, label, plan, plan.done_count, plan.item_count, plan.aim_count)


def due_items(reference: Reference, today: date) -> tuple[Semester | None, int]:
    """The semester of today and how many items of its plan, of this month or before, are open. One statement."""
    semester = semester_on(reference, today)
    if semester is None:
        return None, 0
    rows = PlanItem.objects.filter(plan__semester=semester, done_on=None, month__lte=today.replace(day=1))
    return semester, rows.count()
