"""Logging in, and changing one's own password."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library_site.authentication import LengthByRole
from library_site.models import User

STRENGTH = _("At least %(count)d characters, not digits alone, not a word that everybody uses.")


class LoginForm(AuthenticationForm):
    """Account and password. A wrong one is told without saying which, and work goes on at the password."""

    error_messages = {
        "invalid_login": _("The account or the password is wrong. Check Caps Lock and the input method."),
        "inactive": _("This account is closed. Ask the librarian."),
        "code_ended": _("This code is no longer valid. Ask the librarian for a new one."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = _("The account's name, the school number or the number of the card.")
        if self.is_bound:
            self.fields["username"].widget.attrs.pop("autofocus", None)
            self.fields["password"].widget.attrs["autofocus"] = True

    def confirm_login_allowed(self, user: User) -> None:
        """Only who has typed the right code learns that it has ended."""
        super().confirm_login_allowed(user)
        if user.code_until is not None and user.code_until <= timezone.now():
            raise ValidationError(self.error_messages["code_ended"], code="code_ended")


class OwnPasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].help_text = STRENGTH % {"count": LengthByRole().least(user)}


class FirstPasswordForm(SetPasswordForm):
    """A password of one's own in place of the code from paper."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].help_text = STRENGTH % {"count": LengthByRole().least(user)}

    def save(self, commit: bool = True) -> User:
        self.user.code_until = None
        return super().save(commit)
