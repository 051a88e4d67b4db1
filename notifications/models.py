"""Mails to send and mails sent, one row each, and what is known of the addresses they go to."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.vocabulary import validate_zone


class MailQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> Self:
        """Waiting mails whose time has come, the oldest first."""
        return self.filter(state=Mail.State.QUEUED, due__lte=now).order_by("due", "pk")

    def abandoned(self, now: dt.datetime) -> Self:
        """Mails whose worker took them and never came back."""
        return self.filter(state=Mail.State.SENDING, lease_until__lt=now)

    def waiting_or_in_trouble(self) -> Self:
        """All that is not over, and what staff should look at; served by a partial index."""
        return self.filter(state__in=Mail.OPEN_STATES)


class Mail(models.Model):
    """One mail to one recipient about one matter. `outbox.put` writes it, `delivery` sends it, nobody else changes it.

    The matter is a label and an id, since mails know no app: "events.event" 12; the id is 0 where there is no record.
    The recipient key is opaque ("user:12"): one mailbox may serve many people, who each get their own mail.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Unknown whether it arrived")
        DROPPED = "dropped", _("Not sent")

    OPEN_STATES = (State.QUEUED, State.SENDING, State.FAILED, State.UNKNOWN)

    kind = models.CharField(_("kind"), max_length=80, db_collation="C")
    subject_label = models.CharField(_("matter"), max_length=100, db_collation="C")
    subject_id = models.BigIntegerField(_("id of the matter"))
    recipient_key = models.CharField(_("recipient"), max_length=100, db_collation="C")
    occurrence = models.CharField(_("occurrence"), max_length=100, blank=True, db_default="", db_collation="C")
    email = models.EmailField(_("address"), blank=True, db_collation="C")
    language = models.CharField(_("language"), max_length=10, db_default="en")
    zone = models.CharField(_("time zone"), max_length=40, db_default="UTC", validators=[validate_zone])
    due = models.DateTimeField(_("due"))
    expires_at = models.DateTimeField(
        _("worth nothing after"), null=True, blank=True, help_text=_("A mail that is still waiting then is not sent.")
    )
    payload = models.JSONField(_("further facts"), db_default={}, blank=True)
    sealed = models.TextField(_("secret facts, encrypted"), db_default="", blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, db_default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), db_default=0)
    last_error = models.TextField(_("last error"), db_default="", blank=True)
    drop_reason = models.TextField(_("why it was not sent"), db_default="", blank=True)
    lease_until = models.DateTimeField(_("taken until"), null=True, blank=True, editable=False)
    claimed_by = models.CharField(_("taken by"), max_length=100, db_default="", blank=True, editable=False)
    message_id = models.CharField(_("Message-ID"), max_length=200, db_default="", blank=True)
    created_at = models.DateTimeField(_("written down"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering = ["-due", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_label", "subject_id", "recipient_key", "occurrence"],
                name="notifications_mail_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "sent", "failed", "unknown", "dropped"]),
                name="notifications_mail_state",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False)
                | (~Q(state="sending") & Q(lease_until__isnull=True)),
                name="notifications_mail_lease_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notifications_mail_sent_at",
            ),
            models.CheckConstraint(
                condition=(Q(state="dropped") & ~Q(drop_reason="")) | (~Q(state="dropped") & Q(drop_reason="")),
                name="notifications_mail_drop_reason",
            ),
            # Codes and addresses of machines are kept no longer than it takes to send them.
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending"]) | Q(sealed=""), name="notifications_mail_secrets_erased"
            ),
        ]
        indexes = [
            models.Index(fields=["due", "id"], condition=Q(state="queued"), name="notifications_mail_due"),
            models.Index(
                fields=["state", "due"],
                condition=Q(state__in=["queued", "sending", "failed", "unknown"]),
                name="notifications_mail_open",
            ),
            models.Index(F("due").desc(), F("id").desc(), name="notifications_mail_list"),
            models.Index(fields=["recipient_key", "due"], name="notifications_mail_recipient"),
            models.Index(fields=["subject_label", "subject_id"], name="notifications_mail_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.email or self.recipient_key}"


class Address(models.Model):
    """What an address has told us: its language and zone, what it does not want, how often mail came back."""

    email = models.EmailField(_("address"), unique=True, db_collation="C")
    language = models.CharField(_("language"), max_length=10, default="en")
    zone = models.CharField(_("time zone"), max_length=40, default="UTC", validators=[validate_zone])
    opt_outs = ArrayField(
        models.CharField(max_length=40), verbose_name=_("does not want"), default=list, blank=True,
        help_text=_("Topics. Service mails, such as a sign-in code, are sent all the same."),
    )  # fmt: skip
    bounces = models.DecimalField(_("score of mails that came back"), max_digits=4, decimal_places=1, default=0)
    disabled_at = models.DateTimeField(
        _("switched off"),
        null=True,
        blank=True,
        help_text=_("Too many mails came back: only security mails are tried."),
    )
    created_at = models.DateTimeField(_("first known"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="notifications_address_lower"),
            models.CheckConstraint(condition=Q(bounces__gte=0), name="notifications_address_bounces"),
        ]

    def __str__(self) -> str:
        return self.email
