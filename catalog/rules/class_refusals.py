"""Why a title cannot get a class as asked, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from library_site.shared.problems import Problem


def title_gone() -> Problem:
    return Problem("title_gone", _("This title was taken away meanwhile."), _("Look it up again."))


def classified_meanwhile(call_number: str) -> Problem:
    return Problem(
        "classified_meanwhile",
        _("Somebody else gave it a class meanwhile: %(number)s.") % {"number": call_number},
        _("Correct it on the page of the title if it is wrong."),
    )


def no_number() -> Problem:
    return Problem("no_number", _("This is no CLC number."), _("Choose a class from the list."), field="clc_number")


def changed_since() -> Problem:
    return Problem(
        "changed_since",
        _("The title has another call number by now."),
        _("Correct it on the page of the title if it is wrong."),
    )


def too_many(most: int) -> Problem:
    return Problem(
        "too_many",
        _("These are more than %(most)s titles.") % {"most": most},
        _("Take them in parts: by a class further down, or by a selection."),
    )


def nothing_changes() -> Problem:
    return Problem("nothing_changes", _("None of these titles would get another number."), field="to")
