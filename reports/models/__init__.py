"""The models of reports: what is kept beside the facts themselves."""

from reports.models.care import RoomCare
from reports.models.goals import EnteredFigure, Goal, ReportOptions
from reports.models.plans import PlanAim, PlanItem, Summary, WorkPlan
from reports.models.rollups import (
    BorrowerSpan,
    BorrowerTerm,
    CopyTerm,
    LoanDay,
    MoveDay,
    RolledMoves,
    RolledTerm,
    RolledUp,
)
from reports.models.snapshots import Snapshot
from reports.models.standards import Standard, StandardRow

__all__ = [
    "BorrowerSpan",
    "BorrowerTerm",
    "CopyTerm",
    "EnteredFigure",
    "Goal",
    "LoanDay",
    "MoveDay",
    "PlanAim",
    "PlanItem",
    "ReportOptions",
    "RolledMoves",
    "RolledTerm",
    "RolledUp",
    "RoomCare",
    "Snapshot",
    "Standard",
    "StandardRow",
    "Summary",
    "WorkPlan",
]
