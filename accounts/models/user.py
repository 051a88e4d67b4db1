"""Who can sign in."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from records.name_fields import AddressField


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. What the records know of a human being stands in Person."""

    email = AddressField(_("e-mail address"), unique=True, db_collation="C")
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    # Part of what a session must know: a new moment ends every session at once, wherever it is kept.
    sessions_ended_at = models.DateTimeField(_("all sessions ended"), null=True, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_user_email_lower")]

    # Set on the user of a request: whether its session still has to show the second factor. A task has no session.
    session_lacks_factor: Callable[[], bool] | None = None

    def __str__(self) -> str:
        return self.email

    @property
    def is_withheld(self) -> bool:
        """Whether what a member of staff may do waits until this session has shown the second factor."""
        return self.is_staff and self.session_lacks_factor is not None and self.session_lacks_factor()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return not self.is_withheld and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return not self.is_withheld and super().has_module_perms(app_label)

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """What a session must know to go on: the password, and that it was begun after sessions were last ended."""
        known: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        if self.sessions_ended_at is None:
            return known
        since = f"{known}/{self.sessions_ended_at.timestamp()}"
        return salted_hmac("accounts.sessions", since, secret=secret, algorithm="sha256").hexdigest()
