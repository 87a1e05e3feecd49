"""What is wrong with a row of a roster, in words."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "name_missing": _("The name is missing."),
    "too_long": _("Longer than %(limit)s characters."),
    "class_missing": _("The class is missing."),
    "class_unreadable": _("It is not clear which class this is."),
    "category_unknown": _("Unknown category."),
    "identity_dropped": _(
        "An identity number, or the official pupil number made of it: not to be kept here, so left out."
    ),
    "number_rounded": _("Excel has rounded this number: format the column as text and enter it again."),
    "zeros_lost": _("Leading zeros seem to be lost: other numbers look like %(example)s."),
    "number_twice": _("Row %(row)s has the same number."),
    "number_of_other_person": _("This number belongs to %(name)s."),
    "card_twice": _("Row %(row)s has the same card number."),
    "card_of_other_person": _("This card number was given to %(name)s."),
    "several_fit": _("More than one pupil can be meant: choose who it is."),
    "choice_gone": _("The pupil chosen for this row cannot be meant any more: choose again."),
    "moved_by_name": _("Taken for the pupil of this name in %(class_name)s, who is no longer listed there."),
    "broken_characters": _("Characters that could not be read."),
}
