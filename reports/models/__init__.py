"""The models of reports: what is kept beside the facts themselves."""

from reports.models.care import RoomCare
from reports.models.goals import EnteredFigure, Goal, ReportOptions
from reports.models.plans import PlanAim, PlanItem, Summary, WorkPlan
from reports.models.rollups import BorrowerWeek, CopyTerm, HoldingsDay, LoanDay, RolledUp, SubjectDay
from reports.models.snapshots import Snapshot
from reports.models.standards import Standard, StandardRow

__all__ = [
    "BorrowerWeek",
    "CopyTerm",
    "EnteredFigure",
    "Goal",
    "HoldingsDay",
    "LoanDay",
    "PlanAim",
    "PlanItem",
    "ReportOptions",
    "RolledUp",
    "RoomCare",
    "Snapshot",
    "Standard",
    "StandardRow",
    "SubjectDay",
    "Summary",
    "WorkPlan",
]
