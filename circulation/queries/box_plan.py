"""What a swap or a rotation of boxes would mean, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from circulation.queries.boxes import BoxLine, box_lines, placed
from library_site.shared.reference import Reference
from readers.queries.classes import class_names_on, classes_on


@dataclass(frozen=True)
class Step:
    """A box, where it stands, and where it would go. `with_classmates` are its books that pupils have just now."""

    box_id: int
    box: str
    from_class: int
    from_name: str
    to_class: int
    to_name: str
    books: int
    with_classmates: Sequence[BoxLine]


def rotation(reference: Reference, today: date, *, grade: str = "") -> list[Step]:
    """Every box goes to the next class in the order of the school; `grade` ("primary-3") keeps it within a grade.

    Two statements. Boxes of a class that is no longer at the school go to the first.
    """
    order = [row.pk for row in classes_on(reference, today) if grade in ("", f"{row.stage}-{row.position}")]
    stays = [stay for stay in placed().values() if grade == "" or stay.school_class_id in order]
    having = [pk for pk in order if any(stay.school_class_id == pk for stay in stays)]
    following = {pk: having[(place + 1) % len(having)] for place, pk in enumerate(having)}
    targets = {stay.box_id: following.get(stay.school_class_id, having[0] if having else 0) for stay in stays}
    steps = _steps(reference, today, {stay.box_id: (stay.box.name, stay.school_class_id) for stay in stays}, targets)
    return sorted(steps, key=lambda step: (_place(order, step.from_class), step.box))


def _place(order: list[int], class_id: int) -> int:
    return order.index(class_id) if class_id in order else len(order)


def swap_plan(reference: Reference, today: date, box_ids: Sequence[int]) -> list[Step]:
    """Two boxes that change places; empty unless two boxes with different classes are named. Two statements."""
    stays = placed(box_ids) if len(set(box_ids)) == 2 else {}
    if len(stays) != 2:
        return []
    first, second = (stays[pk] for pk in box_ids)
    if first.school_class_id == second.school_class_id:
        return []
    targets = {first.box_id: second.school_class_id, second.box_id: first.school_class_id}
    return _steps(
        reference, today, {one.box_id: (one.box.name, one.school_class_id) for one in (first, second)}, targets
    )


def _steps(
    reference: Reference, today: date, standing: dict[int, tuple[str, int]], targets: dict[int, int]
) -> list[Step]:
    names, lines = class_names_on(reference, today), box_lines(list(standing))
    steps = []
    for box_id, (box, class_id) in standing.items():
        here = [line for line in lines.get(box_id, []) if line.class_id == class_id]
        target = targets[box_id]
        steps.append(
            Step(
                box_id=box_id,
                box=box,
                from_class=class_id,
                from_name=names.get(class_id, ""),
                to_class=target,
                to_name=names.get(target, ""),
                books=len(here),
                with_classmates=[line for line in here if line.classmate],
            )
        )
    return steps
