"""The tiles of all reports, below the dashboard, in the order in which a semester needs them."""

from django.utils.translation import gettext_lazy as _

from library_site.menu import Entry

ENTRIES: list[Entry] = [
    Entry("semester_report:report", _("Semester report"), "clipboard-data", _("All figures, goals and last semester.")),
    Entry("goals:goals", _("Goals"), "bullseye", _("What the school sets itself, and if it can be reached.")),
    Entry("class_report:table", _("By class and grade"), "people", _("Loans, readers, average, with totals.")),
    Entry("class_report:contest", _("Contest between classes"), "trophy", _("The classes of a grade by one figure.")),
    Entry("pupil_records:overview", _("Reading records"), "person-lines-fill", _("Per pupil, for the term report.")),
    Entry("standards:overview", _("Standards"), "rulers", _("What the state asks, what we have, what to buy.")),
    Entry("overdue:totals", _("Late and lost books by class"), "alarm", _("What came back late or not at all.")),
    Entry("timetable:missed", _("Missed periods"), "calendar-x", _("Which classes missed theirs, and why.")),
    Entry("visits:figures", _("Visits in figures"), "door-open", _("By day, week, class and month.")),
    Entry("plans:plans", _("Work plans"), "list-check", _("Aims and work by month, ticked off as it is done.")),
    Entry("summaries:summary", _("Semester summary"), "file-earmark-word", _("Figures filled in, as a Word document.")),
    Entry("inspection:choose", _("Inspection folder"), "folder2-open", _("All registers of a year in one print.")),
    Entry("worklog:log", _("Work log"), "journal-text", _("Loans, returns, visits, new books, cash day by day.")),
    Entry("care:register", _("Room care"), "shield-check", _("Cleaning, and what is done against fire and damp.")),
    Entry("collection:overview", _("Collection analysis"), "pie-chart", _("Classes, age, most lent, never lent.")),
]
