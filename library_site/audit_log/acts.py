"""What operations are called on the audit page; one without a name here is shown by its own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "add_copies": _("Copies entered"),
    "add_title": _("Title entered"),
    "appoint_class_teacher": _("Class teacher appointed"),
    "card_found": _("Lost card found"),
    "change_account": _("Account changed"),
    "change_barcode": _("Barcode changed"),
    "change_copy": _("Copy changed"),
    "change_copy_state": _("State of a copy changed"),
    "change_options": _("Options of the school changed"),
    "delete_batch": _("Batch deleted"),
    "delete_copy": _("Copy deleted"),
    "change_title": _("Title corrected"),
    "delete_title": _("Title taken away"),
    "erase_reader": _("A person erased"),
    "export.accounts": _("List of accounts exported"),
    "export.audit": _("Audit log exported"),
    "export.helpers": _("List of helpers exported"),
    "export.out": _("List of who has what exported"),
    "export.readers": _("List of readers exported"),
    "export": _("All that is stored about a person"),
    "fast_lane": _("Entered in the fast lane"),
    "first_password": _("First password chosen"),
    "forget_leaver": _("Who left long ago erased"),
    "found_at_desk": _("Book found at the desk"),
    "give_card": _("Card given"),
    "history": _("Borrowing history"),
    "import.holdings": _("Holdings imported"),
    "import.marc": _("MARC records imported"),
    "import.roster": _("Roster imported"),
    "issue_cards": _("Cards issued"),
    "issue_class_codes": _("First-login codes issued"),
    "leave.graduation": _("Graduation"),
    "leave.leaving": _("Leaving"),
    "move_copies": _("Copies moved"),
    "merge_titles": _("Titles merged"),
    "move_class": _("Class changed"),
    "name_grades": _("Grades named"),
    "open_account": _("Account opened"),
    "report_lost": _("Card reported lost"),
    "remove_place": _("Place removed"),
    "remove_shelf": _("Shelf removed"),
    "reset_account": _("Password reset"),
    "save_batch": _("Batch saved"),
    "save_place": _("Place saved"),
    "save_school_year": _("School year saved"),
    "save_shelf": _("Shelf saved"),
    "set_up_school": _("First start"),
    "take_back_entry": _("Entry taken back in the fast lane"),
    "undo": _("Undone at the desk"),
    "undo_turn": _("Year's turn undone"),
}


def act_label(name: str) -> str:
    """The name of an act in words."""
    return str(ACTS.get(name, name))
