"""Accounts and their roles."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library_site.first_login import as_typed
from library_site.tracking import tracked


class Role(models.TextChoices):
    """Who someone is to the library; what a role may do stands in `library_site.access`."""

    ADMINISTRATOR = "administrator", _("Administrator")
    LIBRARIAN = "librarian", _("Librarian")
    HELPER = "helper", _("Student helper")
    CLASS_KEEPER = "class_keeper", _("Class keeper")
    TEACHER = "teacher", _("Teacher")
    PRINCIPAL = "principal", _("Principal")
    STUDENT = "student", _("Student")


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, username: str, name: str, roles: list[str], password: str | None = None) -> "User":
        """Returns the new account; a password of None leaves it unusable until one is set."""
        user = self.model(username=username, name=name, roles=list(roles))
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").strip().lower())


@tracked(exclude=("password", "last_login"))
class User(AbstractBaseUser):
    """An account. One person may hold several roles (a teacher who is the librarian); rights add up.

    While `code_until` is set the password is a code that was handed out on paper: good until then, and only for
    choosing a password of one's own.
    """

    username = models.CharField(_("account"), max_length=64, db_collation="C")
    name = models.CharField(_("name"), max_length=64)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), verbose_name=_("roles"))
    is_active = models.BooleanField(_("active"), default=True)
    code_until = models.DateTimeField(_("first-login code holds until"), null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["username"], name="user_username_unique"),
            models.CheckConstraint(condition=Q(roles__contained_by=Role.values), name="user_roles_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.username = self.username.strip().lower()

    def check_password(self, raw_password: str) -> bool:
        return super().check_password(as_typed(raw_password) if self.code_until else raw_password)

    @property
    def role_names(self) -> list[str]:
        """The roles in words, in the order of `Role`."""
        return [str(role.label) for role in Role if role in self.roles]

    def has_role(self, *roles: str) -> bool:
        return any(role in self.roles for role in roles)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used; rights come from `library_site.access`."""
        return False
