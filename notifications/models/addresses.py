"""What is known of an address: what its reader wants, and how mail to it fared."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.formats.vocabulary import validate_zone

from .mail import Mail


class AddressQuerySet(models.QuerySet):
    def wishing(self, topic: str, frequency: str) -> Self:
        """Addresses whose reader has chosen a frequency for a topic, and that are not switched off."""
        return self.filter(disabled_at=None, **{f"wishes__{topic}": frequency})


class Address(models.Model):
    """What an address has told us: its language and zone, what its reader wants, how often mail came back."""

    email = models.EmailField(_("address"), unique=True, db_collation="C")
    language = models.CharField(_("language"), max_length=10, default="en")
    zone = models.CharField(_("time zone"), max_length=40, default="UTC", validators=[validate_zone])
    wishes = models.JSONField(
        _("mail preferences"), default=dict, db_default={}, blank=True,
        help_text=_("How often the reader wants each topic. Service mails, such as a sign-in code, are sent all the same."),
    )  # fmt: skip
    bounces = models.DecimalField(_("score of mails that came back"), max_digits=4, decimal_places=1, default=0)
    disabled_at = models.DateTimeField(
        _("switched off"),
        null=True,
        blank=True,
        help_text=_("Too many mails came back: only security mails are tried."),
    )
    # Bounces before this moment no longer count: an officer has switched the address on again.
    cleared_at = models.DateTimeField(_("switched on again"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("first known"), default=timezone.now, editable=False)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="notifications_address_lower"),
            models.CheckConstraint(condition=Q(bounces__gte=0), name="notifications_address_bounces"),
        ]
        indexes = [
            models.Index(
                fields=["disabled_at"], condition=Q(disabled_at__isnull=False), name="notifications_address_off"
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Bounce(models.Model):
    """One report that a mail came back, or that its reader complained about it or wants no more."""

    class Kind(models.TextChoices):
        HARD = "hard", _("The address does not exist")
        SOFT = "soft", _("Not now: mailbox full, server busy")
        POLICY = "policy", _("Refused for its content or sender")
        COMPLAINT = "complaint", _("The reader called it spam")
        DECLINED = "declined", _("The reader declined further mails at the mail service")

    address = models.ForeignKey(Address, models.CASCADE, related_name="returned", verbose_name=_("address"))
    mail = models.ForeignKey(
        Mail, models.SET_NULL, null=True, blank=True, related_name="bounces", verbose_name=_("mail")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    at = models.DateTimeField(_("reported"))
    words = models.TextField(_("in the server's words"), blank=True)
    # What the mail service calls its report: it may tell us twice.
    event_id = models.CharField(_("id of the report"), max_length=200, unique=True, db_collation="C")

    class Meta:
        verbose_name = _("returned mail")
        verbose_name_plural = _("returned mails")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["address", "at"], name="notifications_bounce_score"),
            models.Index(fields=["at"], name="notifications_bounce_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.address}"


class DomainPace(models.Model):
    """The pace at which one mail domain is written to: when its next mail may go, if none had gone early.

    Some domains delay or drop bursts. The row is locked while its mails are taken, so that several workers keep one pace.
    """

    domain = models.CharField(_("domain"), max_length=253, primary_key=True, db_collation="C")
    next_at = models.DateTimeField(_("next mail"), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))

    class Meta:
        verbose_name = _("pace of a domain")
        verbose_name_plural = _("paces of domains")

    def __str__(self) -> str:
        return self.domain
