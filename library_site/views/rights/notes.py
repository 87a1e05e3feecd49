"""Rights around reading notes and consents."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
    (
        _("Reading notes"),
        "notes",
        [
            Right(
                _("Write own reading notes"),
                ("notes:mine", "notes:new", "notes:autosave", "notes:edit", "notes:drop", "notes:drop_picture"),
            ),
            Right(_("Read a note that is one's own, of one's pupils, or shown"), ("notes:note",)),
            Right(
                _("Enter paper cards of a class, and see who wrote how many"),
                (
                    "notes:classes",
                    "notes:of_class",
                    "notes:export_class",
                    "notes:cards",
                    "notes:enter",
                    "notes:take_back",
                    "notes:photos",
                    "notes:tie",
                    "notes:turn",
                    "notes:drop_photo",
                ),
            ),
            Right(
                _("Mark notes, and release them for the wall"),
                ("notes:stack", "notes:mark", "notes:show", "notes:moderation"),
            ),
            Right(_("See how many notes each class wrote"), ("notes:counts", "notes:export_counts")),
            Right(_("Choose the best notes of a semester, and honour them"), ("notes:best",)),
            Right(_("See how many notes each teacher wrote"), ("notes:teachers", "notes:export_teachers")),
        ],
    ),
    (
        _("Reading walls"),
        "wall",
        [
            Right(_("See the notes on the school's page"), ("wall:school",)),
            Right(_("See the wall of one's class"), ("wall:of_class",)),
            Right(_("Take notes out for radio and school paper"), ("wall:word",)),
        ],
    ),
    (
        _("Consents"),
        "consents",
        [
            Right(
                _("Record what parents agreed to, and print the form for them"),
                ("consents:overview", "consents:of_class", "consents:paper"),
            ),
        ],
    ),
]
