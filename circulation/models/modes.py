"""The modes that a desk can be in; events keep which one (`details["mode"]`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ModeKind(models.TextChoices):
    BACK_DATING = "back_dating", _("Dated back")
    BOOK_DROP = "book_drop", _("Book drop")
    AMNESTY = "amnesty", _("Amnesty")
