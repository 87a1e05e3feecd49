"""Logging in, and changing one's own password."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Account and password. A wrong one is told without saying which, and work goes on at the password."""

    error_messages = {
        "invalid_login": _("The account or the password is wrong. Check Caps Lock and the input method."),
        "inactive": _("This account is closed. Ask the librarian."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.fields["username"].widget.attrs.pop("autofocus", None)
            self.fields["password"].widget.attrs["autofocus"] = True


class OwnPasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = _(
            "At least 10 characters, not digits alone, not a word that everybody uses."
        )
