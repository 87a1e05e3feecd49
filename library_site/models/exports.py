"""Lists with people in them that left the library as a file, or were looked at where looking is recorded."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from library_site.triggers import append_only, never_emptied


class ListExport(models.Model):
    """One export of a list that holds people's data, append-only. Lists of books leave no mark.

    Looking at pupils' reading records is one too: `what` says which.
    """

    audited_as = "export"  # stands in the audit log beside the changes
    audited_object = ""  # it is about no single person
    audited_columns = ("rows",)

    what = models.CharField(_("list"), max_length=40, db_collation="C")  # a name in `library_site.audit_log.acts`
    rows = models.PositiveIntegerField(_("rows"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("time"))
    address = models.CharField(_("address"), max_length=45, blank=True, db_collation="C")

    class Meta:
        indexes = [models.Index(fields=["at", "id"], name="list_export_time")]
        triggers = [append_only(), never_emptied()]
