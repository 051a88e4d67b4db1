"""Users who sign in, persons whom records are about, and the roles persons hold."""

from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.scope import Scope
from directory.vocabulary import Language, validate_zone
from network.models import MemberState


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

    email = models.EmailField(_("e-mail address"), unique=True, db_collation="C")
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
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

    def __str__(self) -> str:
        return self.email


class PersonQuerySet(models.QuerySet):
    def in_state(self, code: str) -> Self:
        return self.filter(member_state=code)

    def in_scope(self, scope: Scope) -> Self:
        """Persons of the member states one answers for."""
        return self if scope.all else self.filter(member_state__in=scope.states)


class Person(models.Model):
    """A human being whom registrations, applications and certificates are about, with or without e-mail or account.

    Facts for reports (sex, birth year, nationality) are optional and kept only as long as the reporting period asks.
    """

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        OTHER = "other", _("Other")
        NOT_STATED = "not_stated", _("Prefer not to say")

    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name=_("user account")
    )
    name = models.CharField(_("name in Latin letters"), max_length=150)
    native_name = models.CharField(_("name in the own script"), max_length=150, blank=True)
    native_language = models.CharField(_("language of that name"), max_length=10, choices=Language.choices, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True, db_collation="C")
    care_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="in_care", verbose_name=_("mail in care of"),
        help_text=_("The focal point who receives the mail of a person without an address."),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, default="UTC", validators=[validate_zone])
    member_state = models.ForeignKey(
        MemberState, models.PROTECT, null=True, blank=True, related_name="persons", verbose_name=_("member state")
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=150, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, default=Sex.NOT_STATED)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    nationality = models.CharField(_("nationality (ISO code)"), max_length=2, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="accounts_person_email_once",
                violation_error_message=_("A person with this address is already known."),
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_person_email_lower"),
            models.CheckConstraint(condition=Q(email="") | Q(care_of=None), name="accounts_person_own_mail_or_care"),
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__range=(1900, 2100)), name="accounts_person_birth_year"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class RoleQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(withdrawn_at=None)


class RoleGrant(models.Model):
    """A role a person holds, who gave it, and until when. Stewardship of single sites is kept with the sites."""

    class Role(models.TextChoices):
        SECRETARIAT = "secretariat", _("Secretariat officer")
        FOCAL_POINT = "focal_point", _("National focal point")
        TRAINER = "trainer", _("Trainer")

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    member_state = models.ForeignKey(
        MemberState, models.PROTECT, null=True, blank=True, related_name="role_grants", verbose_name=_("member state")
    )
    granted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role="focal_point", member_state__isnull=False)
                | (~Q(role="focal_point") & Q(member_state__isnull=True)),
                name="accounts_rolegrant_state_of_focal_point",
                violation_error_message=_("A focal point belongs to a member state; other roles do not."),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "member_state"], condition=Q(withdrawn_at=None), nulls_distinct=False,
                name="accounts_rolegrant_once", violation_error_message=_("The person holds this role already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
