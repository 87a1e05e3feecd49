"""Rights around reports."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
    (
        _("Figures"),
        "reports",
        [
            Right(_("See the dashboard"), ("reports:dashboard", "reports:export_dashboard")),
        ],
    ),
    (
        _("Semester report"),
        "semester_report",
        [
            Right(
                _("See the semester report"),
                (
                    "semester_report:report",
                    "semester_report:export",
                    "semester_report:figure",
                    "semester_report:recount",
                ),
            ),
            Right(
                _("Enter figures by hand, and close semesters"),
                (
                    "semester_report:enter_all",
                    "semester_report:enter",
                    "semester_report:take_back",
                    "semester_report:close",
                ),
            ),
        ],
    ),
    (
        _("Goals"),
        "goals",
        [
            Right(_("See, set and end goals"), ("goals:goals", "goals:new", "goals:end")),
            Right(_("Define how figures are reckoned"), ("goals:definitions",)),
        ],
    ),
    (
        _("Standards"),
        "standards",
        [
            Right(
                _("See the library against the standard, and what to buy"),
                ("standards:overview", "standards:export", "standards:buy"),
            ),
            Right(
                _("Choose and enter standards"),
                ("standards:choose", "standards:new", "standards:edit", "standards:remove", "standards:enter"),
            ),
        ],
    ),
    (
        _("Work plans"),
        "plans",
        [
            Right(_("Read and print work plans"), ("plans:plans", "plans:plan", "plans:word")),
            Right(
                _("Write work plans and tick off what is done"),
                (
                    "plans:begin",
                    "plans:words",
                    "plans:aim_new",
                    "plans:aim",
                    "plans:item_new",
                    "plans:item",
                    "plans:tick",
                    "plans:up",
                    "plans:remove",
                ),
            ),
        ],
    ),
    (
        _("Semester summary"),
        "summaries",
        [
            Right(_("Read, print and take out the semester's summary"), ("summaries:summary", "summaries:word")),
            Right(_("Write in the semester's summary"), ("summaries:section",)),
        ],
    ),
    (
        _("Inspection folder"),
        "inspection",
        [
            Right(
                _("Read, print and take out the inspection folder"),
                ("inspection:choose", "inspection:folder", "inspection:word"),
            ),
        ],
    ),
    (
        _("Work log"),
        "worklog",
        [Right(_("Read, print and export the work log"), ("worklog:log", "worklog:export"))],
    ),
    (
        _("Room care"),
        "care",
        [
            Right(_("Read and print the register of room care"), ("care:register", "care:export")),
            Right(_("Keep the register of room care"), ("care:enter", "care:correct", "care:remove")),
        ],
    ),
    (
        _("Collection analysis"),
        "collection",
        [
            Right(
                _("Analyse the collection: by class, stock, most lent, most wanted, never lent"),
                (
                    "collection:overview",
                    "collection:export",
                    "collection:class",
                    "collection:export_class",
                    "collection:stock",
                    "collection:export_stock",
                    "collection:idle",
                    "collection:export_idle",
                    "collection:most_lent",
                    "collection:export_most_lent",
                    "collection:most_wanted",
                    "collection:export_most_wanted",
                    "collection:many_copies",
                    "collection:export_many_copies",
                ),
            ),
        ],
    ),
    (
        _("Classes and pupils' reading"),
        "class_report",
        [
            Right(
                _("Class and grade tables, contest"),
                (
                    "class_report:table",
                    "class_report:export",
                    "class_report:contest",
                    "class_report:export_contest",
                ),
            ),
            Right(_("Figures of a class by month"), ("class_report:school_class",)),
            Right(_("Own class: figures, and who has borrowed nothing"), ("class_report:own", "class_report:nothing")),
        ],
    ),
    (
        _("Reading records for the term report"),
        "pupil_records",
        [
            Right(
                _("See, print and export the records of a class"),
                ("pupil_records:overview", "pupil_records:record", "pupil_records:export"),
            ),
            Right(
                _("Print and export the records of all classes"),
                ("pupil_records:print_all", "pupil_records:export_all"),
            ),
        ],
    ),
]
