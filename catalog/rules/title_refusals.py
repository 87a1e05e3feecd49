"""Why a title's record cannot be written as asked, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from catalog.models import FormerTitle, Title
from library_site.shared.problems import Problem


def no_such_title(former: FormerTitle | None) -> Problem:
    """The title is gone; `former` says what it became."""
    if former is None:
        return Problem("title_gone", _("This title was taken away meanwhile."), _("Look it up again."))
    return Problem(
        "title_merged",
        _("This title was merged into another meanwhile."),
        _("Go on with the title that it became."),
    )


def changed_meanwhile() -> Problem:
    """Somebody else saved the same record after it was shown."""
    return Problem(
        "title_changed",
        _("Somebody else changed this title meanwhile; nothing of yours was saved."),
        _("What they changed stands below; saving again keeps what this form says."),
    )


def school_number_taken(holder: Title | None) -> Problem:
    """The school's own number names one title only."""
    return Problem(
        "school_number_taken",
        _("Another title has this number: %(title)s") % {"title": holder.name if holder else ""},
        _("Merge the two titles if they are the same book."),
        field="school_number",
    )
