"""Rights around lending."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

_PERSON = ("privacy:history", "privacy:export", "privacy:erase")

MODULES: list[Module] = [
    (
        _("Front desk"),
        "circulation",
        [
            Right(_("Open the desk"), ("circulation:desk",)),
            Right(
                _("Lend, take back, renew, undo"),
                (
                    "circulation:scan",
                    "circulation:open_reader",
                    "circulation:lend",
                    "circulation:renew",
                    "circulation:renew_all",
                    "circulation:renew_instead",
                    "circulation:undo",
                ),
            ),
            Right(_("Sign in for duty by the own card"), ("circulation:duty",)),
            Right(
                _("Put the desk in a mode: book drop; for librarians also dated back, amnesty"),
                ("circulation:mode", "circulation:mode_longer", "circulation:mode_end"),
            ),
            Right(_("Class board"), ("circulation:board",)),
            Right(_("Own class board in the menu"), ("circulation:my_class",)),
            Right(_("Print the class lending sheet"), ("circulation:sheet",)),
            Right(_("See who has what out now"), ("circulation:out",)),
            Right(_("Take that list out as a file"), ("circulation:export_out",)),
        ],
    ),
    (
        _("Overdue"),
        "overdue",
        [
            Right(
                _("See what is overdue or called in, print slips, copy text for the chat"),
                (
                    "overdue:overdue",
                    "overdue:export",
                    "overdue:slips",
                    "overdue:chat",
                    "overdue:remind",
                    "overdue:recall",
                ),
            ),
            Right(
                _("Print letters to the parents and slips that nothing is outstanding"),
                ("overdue:letters", "overdue:clear"),
            ),
            Right(_("See late and lost books by class"), ("overdue:totals", "overdue:export_totals")),
        ],
    ),
    (
        _("Use in the room"),
        "in_room",
        [
            Right(_("Hand books out for reading in the room"), ("in_room:hand_out",)),
            Right(_("See what is not back from the room, and take it back"), ("in_room:overview", "in_room:back")),
        ],
    ),
    (
        _("Reservations"),
        "reservations",
        [
            Right(
                _("Pick-up shelf and waiting lists, reserve and cancel for a reader"),
                (
                    "reservations:shelf",
                    "reservations:set_aside",
                    "reservations:slips",
                    "reservations:waiting",
                    "reservations:queue",
                    "reservations:reserve",
                    "reservations:cancel",
                    "reservations:done",
                ),
            ),
            Right(
                _("Set a fetched book aside at the desk, print its slip"),
                ("reservations:fetched", "reservations:slip"),
            ),
            Right(_("See whose reserved book is ready, to read out in class"), ("reservations:by_class",)),
            Right(
                _("Ask for class sets, and see them"),
                ("reservations:sets", "reservations:set_new", "reservations:set", "reservations:set_end"),
            ),
            Right(_("Lend class sets"), ("reservations:set_lend",)),
        ],
    ),
    (
        _("Class boxes"),
        "boxes",
        [
            Right(
                _("Fill class boxes and take them back, print what is in them"),
                (
                    "boxes:boxes",
                    "boxes:box",
                    "boxes:scan",
                    "boxes:put_in",
                    "boxes:undo",
                    "boxes:pile",
                    "boxes:contents",
                    "boxes:history",
                ),
            ),
            Right(
                _("Make class boxes, give them to classes, swap and rotate them"),
                (
                    "boxes:new",
                    "boxes:edit",
                    "boxes:place",
                    "boxes:end",
                    "boxes:due",
                    "boxes:swap",
                    "boxes:rotate",
                ),
            ),
            Right(
                _("Lend from the book corner of a class, key in its sheet, list books that pupils brought"),
                (
                    "boxes:corner",
                    "boxes:corner_scan",
                    "boxes:corner_open",
                    "boxes:corner_lend",
                    "boxes:corner_undo",
                    "boxes:sheet",
                    "boxes:key_in",
                    "boxes:own_books",
                    "boxes:own_book_back",
                ),
            ),
            Right(_("Own book corner in the menu"), ("boxes:my_corner",)),
        ],
    ),
    (
        _("Suspensions and blocks"),
        "blocks",
        [
            Right(_("See who may not borrow, and why"), ("blocks:overview", "blocks:reader")),
            Right(
                _("Block a reader, end a block, lift a suspension"), ("blocks:block", "blocks:unblock", "blocks:lift")
            ),
        ],
    ),
    (
        _("Lending"),
        "loan_rules",
        [
            Right(_("Open the pages around lending"), ("lending:hub",)),
            Right(_("Close the day, see its exceptions"), ("day:closing", "day:exceptions")),
            Right(
                _("See and write the loan rules"),
                ("loan_rules:rules", "loan_rules:new", "loan_rules:edit", "loan_rules:delete"),
            ),
            Right(_("Set the options of lending"), ("calendar:options",)),
            Right(
                _("Keep the calendar: closed days, opening hours, recall dates"),
                (
                    "calendar:year",
                    "calendar:day",
                    "calendar:closures",
                    "calendar:closure_new",
                    "calendar:closure",
                    "calendar:closure_away",
                    "calendar:due",
                    "calendar:hours",
                    "calendar:hours_of",
                    "calendar:recalls",
                    "calendar:recall",
                    "calendar:holidays",
                ),
            ),
        ],
    ),
    (
        _("Timetable and visits"),
        "visits",
        [
            Right(
                _("See the lending timetable, print it"),
                ("timetable:timetable", "timetable:wall", "timetable:classes"),
            ),
            Right(
                _("Write the lending timetable"),
                ("timetable:add", "timetable:begin", "timetable:period", "timetable:remove"),
            ),
            Right(_("See which periods were missed"), ("timetable:missed", "timetable:export_missed")),
            Right(_("Count visits"), ("visits:page", "visits:scan", "visits:of_class", "visits:void")),
            Right(_("See reading periods"), ("visits:periods", "visits:export_periods")),
            Right(_("Enter reading periods, take them back"), ("visits:new_period", "visits:remove")),
            Right(_("See visits in figures"), ("visits:figures", "visits:export_figures")),
        ],
    ),
    (
        _("Charges"),
        "charges",
        [
            Right(
                _("See who owes, and the account of a reader"),
                ("charges:overview", "charges:account", "charges:charge"),
            ),
            Right(_("Take that list and the receipts out as files"), ("charges:export", "charges:export_receipts")),
            Right(_("Report a book lost or damaged"), ("charges:lost", "charges:damaged")),
            Right(
                _("Settle by waiver, replacement or mending, pay back, and take back"),
                (
                    "charges:waive",
                    "charges:replace",
                    "charges:mended",
                    "charges:pay_back",
                    "charges:take_back",
                    "charges:take_back_receipt",
                ),
            ),
            Right(_("Receipts and their numbers"), ("charges:receipts", "charges:receipt", "charges:finance_number")),
            Right(_("Count the cash"), ("charges:cash", "charges:count")),
            Right(
                _("Set default prices and degrees of damage"),
                ("charges:rates", "charges:new_degree", "charges:degree", "charges:degree_away"),
            ),
        ],
    ),
    (
        _("School year"),
        "leaving",
        [
            Right(
                _("Set up school years, grades and classes"),
                ("readers:years", "readers:year", "readers:grades", "readers:school_class"),
            ),
            Right(_("Move a pupil to another class"), ("readers:move",)),
            Right(
                _("Leaving and graduation, with clearance sheets"),
                (
                    "leaving:overview",
                    "leaving:grade",
                    "leaving:sheets",
                    "leaving:slips",
                    "leaving:reader",
                    "leaving:undo",
                ),
            ),
        ],
    ),
    (
        _("Self-service"),
        "own",
        [
            Right(_("See one's own books, reservations and charges"), ("own:overview", "own:history", "own:charges")),
            Right(_("Renew one's own books"), ("own:renew", "own:renew_all")),
            Right(_("Reserve for oneself"), ("own:reserve", "own:cancel")),
        ],
    ),
    (
        _("Privacy"),
        "privacy",
        [
            Right(_("See what a reader borrowed before (recorded), export it, erase a person"), _PERSON),
            Right(_("Anonymise old loans"), ("privacy:retention",)),
        ],
    ),
]
