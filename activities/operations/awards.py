"""Awards of a semester: rules, what they propose, what people make of it, and the announcement."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models import AwardProposal, AwardRule, AwardRun, Honour
from activities.operations.honours import grant_honours
from activities.queries.award_figures import candidate_of, candidates, forgotten_since, kept
from activities.rules.awards import CLASS, Candidate, propose
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated
from library_site.shared.reference import Reference
from readers.models import Semester
from readers.queries.classes import class_names_on

GIVEN = Path(__file__).resolve().parent.parent / "data" / "award_rules.json"
SAME_NAME = Problem("award_same_name", _("There is an award of this name."), field="name")
ANNOUNCED = Problem(
    "announced",
    _("This award has been announced: its list stays."),
    _("Take single honours back in the register, or enter further ones there."),
)
NOT_BEGUN = Problem("not_begun", _("This semester has not begun yet."))
FORGOTTEN = Problem(
    "forgotten", _("It is no longer known who borrowed what in this semester: nobody can be proposed by figures.")
)
NOBODY = Problem("nobody", _("Nobody is on the list."))
NO_REASON = Problem("no_reason", _("Say why."), field="reason")
NOT_THERE = Problem("not_there", _("There was nobody like that in this semester."), field="key")
ON_THE_LIST = Problem("on_the_list", _("Is on the list already."), field="key")


def load_award_rules() -> int:
    """Gives a school without any awards the usual ones; returns how many. Awards of its own are left alone."""
    with transaction.atomic():
        if AwardRule.objects.exists():
            return 0
        rows = json.loads(GIVEN.read_text(encoding="utf-8"))
        rules = [AwardRule(**row, position=place) for place, row in enumerate(rows, start=1)]
        return len(AwardRule.objects.bulk_create(rules))


def save_rule(*, rule: AwardRule, values: Mapping[str, Any], by: User | None) -> AwardRule:
    """Writes a new award or changes one; what was proposed by it keeps the criteria of its day.

    Refused (`Refused`) for a name that another has.
    """
    try:
        with act("save_award_rule", by=by):
            for name, value in values.items():
                setattr(rule, name, value)
            rule.save()
            return rule
    except IntegrityError as error:
        if violated(error) != "award_rule_unique":
            raise
        raise Refused([SAME_NAME]) from error


def propose_award(*, rule_id: int, semester: Semester, reference: Reference, by: User | None, at: datetime) -> AwardRun:
    """Proposes an award for a semester by its criteria of now, anew until it is announced.

    What people decided otherwise than the last proposal, and whom they added, stays with its reason. Refused
    (`Refused`) once announced, before the semester, and for people where names of its loans were forgotten.
    """
    with act("propose_award", by=by):
        rule = AwardRule.objects.get(pk=rule_id)
        run = _locked_run(rule, semester, at, by)
        if semester.starts_on > timezone.localdate(at):
            raise Refused([NOT_BEGUN])
        if rule.whom != CLASS and forgotten_since(semester):
            raise Refused([FORGOTTEN])
        run.criteria, run.proposed_at, run.by = rule.criteria, at, by
        run.save()
        _write_lines(run, rule, candidates(rule.whom, semester, reference, at))
        return run


def decide_line(*, line_id: int, is_kept: bool, reason: str, by: User | None) -> AwardProposal:
    """Keeps a line of a proposal or leaves it out. Refused (`Refused`) against the proposal without a reason."""
    with act("decide_award", by=by):
        line = _locked_line(line_id)
        if is_kept != line.is_proposed and not reason.strip():
            raise Refused([NO_REASON])
        line.is_kept, line.reason = is_kept, "" if is_kept == line.is_proposed else reason.strip()
        line.save(update_fields=["is_kept", "reason"])
        return line


def add_line(
    *, run_id: int, key: int, reason: str, reference: Reference, by: User | None, at: datetime
) -> AwardProposal:
    """Adds somebody whom the criteria did not propose: the reader, or the class for an award of classes.

    Refused (`Refused`) without a reason, for whoever was not there in the semester, and for who is on the list.
    """
    if not reason.strip():
        raise Refused([NO_REASON])
    with act("add_to_award", by=by):
        run = _open_run(run_id)
        found = candidate_of(run.rule, run.semester, reference, at, key=key)
        if found is None:
            raise Refused([NOT_THERE])
        line = _line_of(run, found)
        if line is not None and line.is_kept:
            raise Refused([ON_THE_LIST])
        line = line or AwardProposal(run=run, reader_id=found.reader_id, school_class_id=found.class_id)
        line.figures, line.is_proposed, line.is_kept = kept(found.figures), False, True
        line.reason = reason.strip()
        line.save()
        return line


def announce_award(*, run_id: int, reference: Reference, by: User | None, at: datetime) -> list[Honour]:
    """Enters everybody who is kept into the register of honours, each with a certificate; from then on the list stays.

    Refused (`Refused`) where nobody is on it, and the second time.
    """
    with act("announce_award", by=by):
        run = _open_run(run_id)
        lines = run.lines.filter(is_kept=True).select_related("reader")
        if run.rule.whom != CLASS:  # of a person who was erased only the line is left
            lines = lines.filter(reader__isnull=False)
        rows = list(lines.order_by("school_class_id", "reader__number", "pk"))
        if not rows:
            raise Refused([NOBODY])
        run.announced_at = at
        run.save(update_fields=["announced_at"])
        names = class_names_on(reference, min(run.semester.ends_on, timezone.localdate(at)))
        return grant_honours(honours=[_honour(run, line, names, at) for line in rows], by=by, at=at)


def _honour(run: AwardRun, line: AwardProposal, names: Mapping[int, str], at: datetime) -> Honour:
    class_name = names.get(line.school_class_id or 0, "")
    name = line.reader.name if line.reader else class_name
    return Honour(
        occasion=occasion_of(run.semester),
        award=run.rule.name,
        awarded_on=timezone.localdate(at),
        name=name,
        class_name=class_name if line.reader else "",
        reader_id=line.reader_id,
        school_class_id=line.school_class_id,
        proposal_id=line.pk,
    )


def occasion_of(semester: Semester) -> str:
    """2026–2027 school year, first semester, as certificates of its awards say it."""
    values = {"year": semester.school_year, "number": semester.get_number_display()}
    return str(_("%(year)s school year, %(number)s semester") % values)


def _locked_run(rule: AwardRule, semester: Semester, at: datetime, by: User | None) -> AwardRun:
    AwardRun.objects.get_or_create(rule=rule, semester=semester, defaults={"proposed_at": at, "by": by})
    return _open(AwardRun.objects.filter(rule=rule, semester=semester))


def _open_run(run_id: int) -> AwardRun:
    return _open(AwardRun.objects.filter(pk=run_id))


def _open(rows: Any) -> AwardRun:
    locked = rows.select_for_update(of=("self",), no_key=True)
    run: AwardRun = locked.select_related("rule", "semester__school_year").get()
    if run.announced_at is not None:
        raise Refused([ANNOUNCED])
    return run


def _locked_line(line_id: int) -> AwardProposal:
    _open_run(AwardProposal.objects.values_list("run_id", flat=True).get(pk=line_id))
    return AwardProposal.objects.select_for_update(of=("self",), no_key=True).get(pk=line_id)


def _line_of(run: AwardRun, found: Candidate) -> AwardProposal | None:
    return run.lines.filter(reader=found.reader_id, school_class=found.class_id).first()


def _write_lines(run: AwardRun, rule: AwardRule, found: list[Candidate]) -> None:
    """Writes the proposal, and over it what people had decided otherwise."""
    decided = {_key(line): line for line in run.lines.exclude(reason="")}
    run.lines.all().delete()
    lines = []
    for outcome in propose(found, rule.criteria, most=rule.most, share=rule.share):
        own = decided.pop((outcome.candidate.reader_id, outcome.candidate.class_id), None)
        lines.append(_line(run, outcome.candidate, is_proposed=outcome.is_proposed, decided=own))
    others = {(row.reader_id, row.class_id): row for row in found}
    for key, line in decided.items():
        if line.is_kept and key in others:
            lines.append(_line(run, others[key], is_proposed=False, decided=line))
    AwardProposal.objects.bulk_create(lines)


def _line(run: AwardRun, found: Candidate, *, is_proposed: bool, decided: AwardProposal | None) -> AwardProposal:
    is_kept = decided.is_kept if decided else is_proposed
    return AwardProposal(
        run=run,
        reader_id=found.reader_id,
        school_class_id=found.class_id,
        figures=kept(found.figures),
        is_proposed=is_proposed,
        is_kept=is_kept,
        reason=decided.reason if decided and is_kept != is_proposed else "",
    )


def _key(line: AwardProposal) -> tuple[int | None, int | None]:
    return line.reader_id, line.school_class_id
