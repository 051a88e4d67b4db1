"""What is certified."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from activities.models.activity import Occasion
from events.models import Event

from .calls import Training


class CertifyingEvent(Event):
    """An event for which certificates are given: a room of its own in the admin, no table."""

    class Meta:
        proxy = True
        verbose_name = _("event with certificates")
        verbose_name_plural = _("events with certificates")


class CertificateQuerySet(models.QuerySet):
    def of(self, occasion: Occasion) -> Self:
        """For taking part in a training, or in an event."""
        return self.filter(training=occasion.pk) if isinstance(occasion, Training) else self.filter(event=occasion.pk)

    def valid(self) -> Self:
        return self.filter(revoked_at=None)


class Certificate(models.Model):
    """What anybody can verify by its number: name, title, dates and hours as printed. A reissue keeps the number.

    The paper is made from this row alone, whenever somebody asks for it.
    """

    number = models.CharField(_("number"), max_length=24, unique=True, db_collation="C")
    training = models.ForeignKey(
        Training, models.PROTECT, null=True, blank=True, related_name="certificates", verbose_name=_("training")
    )
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="certificates", verbose_name=_("event")
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="certificates", verbose_name=_("person")
    )
    name = models.CharField(_("name as printed"), max_length=200)
    native_name = models.CharField(_("name in the own script as printed"), max_length=150, blank=True)
    native_language = models.CharField(_("language of that name"), max_length=10, blank=True)
    title = models.CharField(_("title as printed"), max_length=250)
    dates = models.CharField(_("dates as printed"), max_length=120)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1, null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    issued_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("issued by")
    )
    issued_at = models.DateTimeField(_("issued"), auto_now_add=True)
    reissued_at = models.DateTimeField(_("reissued"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    revoke_reason = models.CharField(_("reason for the revocation"), max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(training__isnull=False, event=None) | Q(training=None, event__isnull=False),
                name="trainings_certificate_of_one",
            ),
            models.UniqueConstraint(
                fields=["training", "person"], name="trainings_certificate_once_for_training",
                violation_error_message=_("The person has a certificate for this already."),
            ),
            models.UniqueConstraint(
                fields=["event", "person"], name="trainings_certificate_once_for_event",
                violation_error_message=_("The person has a certificate for this already."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoke_reason=""), name="trainings_certificate_revoked_with_reason",
                violation_error_message=_("Say why the certificate was revoked."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def occasion(self) -> Occasion:
        """What it was given for."""
        occasion = self.training or self.event
        assert occasion is not None  # noqa: S101 - a constraint of the table
        return occasion
