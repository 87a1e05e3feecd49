"""The context of acts: who, as what, from where. The table is pghistory's; that nobody edits it is ours."""

from pghistory.models import Context

from library_site.triggers import kept_after_its_transaction, never_emptied


class ActContext(Context):
    """`metadata` is {"act": name, "user": account or null, "address": client or null}."""

    class Meta:
        proxy = True
        triggers = [kept_after_its_transaction(), never_emptied()]
