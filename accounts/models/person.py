"""The human beings whom records are about, and the sites they have to do with."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from network.models import MemberState
from records.formats.vocabulary import UNSET, Language, validate_zone
from records.name_fields import AddressField, NameField
from records.scope import Scope

from .user import User


class PersonQuerySet(models.QuerySet):
    def known(self) -> Self:
        """Without those who had themselves erased, of whom only what figures need is left."""
        return self.filter(erased_at=None)

    def matching(self, query: str) -> Self:
        """By any part of the name in either script, of the address or of the organisation."""
        named = Q(name__icontains=query) | Q(native_name__icontains=query)
        return self.filter(named | Q(email__icontains=query) | Q(organisation__icontains=query))

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
    name = NameField(_("name in Latin letters"), max_length=150)
    native_name = NameField(_("name in the own script"), max_length=150, blank=True)
    native_language = models.CharField(_("language of that name"), max_length=10, choices=Language.choices, blank=True)
    email = AddressField(_("e-mail address"), blank=True, db_collation="C")
    # Kept by the database. A role that was given before was given to somebody with another address.
    address_since = models.DateTimeField(_("address changed"), null=True, editable=False)
    care_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="in_care", verbose_name=_("mail in care of"),
        help_text=_("The focal point who receives the mail of a person without an address."),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, default="UTC", validators=[validate_zone])
    member_state = models.ForeignKey(
        MemberState, models.PROTECT, null=True, blank=True, related_name="persons", verbose_name=_("member state")
    )
    organisation = NameField(_("organisation"), max_length=200, blank=True)
    position = NameField(_("position"), max_length=150, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, default=Sex.NOT_STATED)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    nationality = models.CharField(_("nationality (ISO code)"), max_length=2, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    # Taken part and asked to be erased since: no name, no address, only what figures are counted by.
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(user=None, email="", native_name="", nationality="", birth_year=None),
                name="accounts_person_erased",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def own_zone(self) -> str:
        """The zone they live in; empty as long as nobody has told: UTC is nobody's own time."""
        return "" if self.time_zone == UNSET else self.time_zone
