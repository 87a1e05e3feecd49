"""What models and their columns are called on pages: the audit log, and the sheet of all that is stored of a person."""

from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MODELS: dict[str, Promise] = {
    "catalog.Batch": _("Batch"),
    "catalog.Copy": _("Copy"),
    "catalog.Cover": _("Cover"),
    "catalog.FormerTitle": _("Merged title"),
    "catalog.LabelStock": _("Label paper"),
    "catalog.Location": _("Location"),
    "catalog.MarcRecord": _("MARC record"),
    "catalog.ReclassedTitle": _("Former call number"),
    "catalog.Shelf": _("Shelf"),
    "catalog.SruServer": _("Server for copy cataloguing"),
    "catalog.Title": _("Title"),
    "circulation.BorrowerKey": _("Mark for counting"),
    "circulation.Box": _("Class box"),
    "circulation.ChargeEntry": _("Entry of a charge"),
    "circulation.CirculationEvent": _("Act at the desk"),
    "circulation.CirculationOptions": _("Options of lending"),
    "circulation.Closure": _("Closed days"),
    "circulation.DamageDegree": _("Degree of damage"),
    "circulation.DayOverride": _("Single day of the calendar"),
    "circulation.DefaultPrice": _("Default price"),
    "circulation.HolidayLending": _("Holiday lending"),
    "circulation.LibraryPeriod": _("Library period"),
    "circulation.Loan": _("Loan"),
    "circulation.LoanPolicy": _("Lending rule"),
    "circulation.OpeningHours": _("Opening hours"),
    "circulation.ReaderBlock": _("Block of a reader"),
    "circulation.RecallDate": _("Recall date"),
    "circulation.RetentionRun": _("Data forgotten"),
    "circulation.Suspension": _("Suspension"),
    "library_site.ListExport": _("Export of a list"),
    "library_site.School": _("Options of the school"),
    "library_site.User": _("Account"),
    "readers.Appointment": _("Appointment as helper"),
    "readers.Attendance": _("Attendance"),
    "readers.Card": _("Library card"),
    "readers.ClassMembership": _("Membership of a class"),
    "readers.ClassTeacher": _("Class teacher"),
    "readers.CommendationChoice": _("Commendation"),
    "readers.DevelopmentRecord": _("Training and prizes"),
    "readers.Duty": _("Duty"),
    "readers.DutyChange": _("Change of duty"),
    "readers.DutyPeriod": _("Duty period"),
    "readers.DutyShift": _("Service on duty"),
    "readers.Grade": _("Grade"),
    "readers.HelperOptions": _("Options for helpers"),
    "readers.LeadingGroupMember": _("Member of the leading group"),
    "readers.Meeting": _("Meeting"),
    "readers.PersonLook": _("Look at a person's data"),
    "readers.Reader": _("Reader"),
    "readers.Regulation": _("Regulation"),
    "readers.RegulationStudy": _("Study of a regulation"),
    "readers.RegulationVersion": _("Text of a regulation"),
    "readers.SchoolClass": _("Class"),
    "readers.SchoolYear": _("School year"),
    "readers.Semester": _("Semester"),
    "readers.TrainingItem": _("Training item"),
    "readers.TrainingTick": _("Training done"),
    "readers.TurnReader": _("Part in a year's turn"),
}
# Columns whose model gives them no name of their own.
COLUMNS: dict[str, Promise] = {
    "account": _("Account"),
    "after": _("After"),
    "appointment": _("Appointment as helper"),
    "batch": _("Batch"),
    "before": _("Before"),
    "begin_key": _("Place in shelf order"),
    "borrower_key": _("Mark for counting"),
    "by": _("Recorded by"),
    "clc_class": _("Class of the classification"),
    "copy": _("Copy"),
    "created_at": _("Recorded at"),
    "desk": _("Desk"),
    "details__reason": _("Reason"),
    "details": _("Details"),
    "duty": _("Duty"),
    "id": _("Record no."),
    "import_run": _("Import"),
    "item": _("Training item"),
    "key": _("Mark for counting"),
    "kind": _("Kind"),
    "lent_by": _("Lent by"),
    "loan": _("Loan"),
    "loan_days": _("Loan days"),
    "location": _("Location"),
    "max_renewals": _("Renewals allowed"),
    "meeting": _("Meeting"),
    "member": _("Member of the leading group"),
    "on_duty": _("On duty"),
    "period": _("Duty period"),
    "preset": _("Draft"),
    "reader": _("Reader"),
    "regulation": _("Regulation"),
    "room": _("room"),
    "scan_id": _("Mark of the scan"),
    "school_class": _("Class"),
    "school_year": _("School year"),
    "semester": _("Semester"),
    "title": _("Title"),
    "turn": _("Year's turn"),
    "undoes": _("Undoes"),
    "voided_at": _("Undone"),
}


def model_label(model: type[models.Model]) -> str:
    """The name of the kind of thing; the model's own where it has none here."""
    return str(MODELS.get(model._meta.label, model._meta.verbose_name))


def column_label(field: Any) -> str:
    """The name of a column: as its form says it, else from the list here, else the column itself."""
    if isinstance(field.verbose_name, Promise):
        return str(field.verbose_name)
    return str(COLUMNS.get(field.name, field.name))
