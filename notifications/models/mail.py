"""The outbox: one row for each mail, what befell it, and the mailings that many of them belong to."""

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.formats.vocabulary import validate_zone


class MailQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> Self:
        """Waiting mails whose time has come and that no worker holds in its hand, the oldest first."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        return self.filter(free, state=Mail.State.QUEUED, due__lte=now).order_by("due", "pk")

    def to_domains(self, domains: Iterable[str]) -> Self:
        return self._of_domain().filter(domain__in=list(domains))

    def not_to_domains(self, domains: Iterable[str]) -> Self:
        closed = list(domains)
        return self._of_domain().exclude(domain__in=closed) if closed else self

    def _of_domain(self) -> Self:
        domain = Func(Lower("email"), Value("@"), Value(2), function="split_part", output_field=models.CharField())
        return self.alias(domain=domain)

    def abandoned(self, now: dt.datetime) -> Self:
        """Mails whose worker took them and never came back."""
        return self.filter(state=Mail.State.SENDING, lease_until__lt=now)

    def of_readers(self, keys: Iterable[str], emails: Iterable[str]) -> Self:
        """Mails to persons by their keys, and all that went to their addresses, the newest first."""
        theirs = Q(recipient_key__in=list(keys)) | Q(to__in=[email.lower() for email in emails])
        return self.alias(to=Lower("email")).filter(theirs).order_by("-due", "-pk")

    def waiting_or_in_trouble(self) -> Self:
        """All that is not over, and what staff should look at; served by a partial index."""
        return self.filter(state__in=Mail.OPEN_STATES)

    def in_trouble(self) -> Self:
        """Those that somebody has to look at: they failed, or nobody knows whether they arrived."""
        return self.filter(state__in=[Mail.State.FAILED, Mail.State.UNKNOWN])


class Mailing(models.Model):
    """One matter told to many at once: who let it go, and until when it can be called back whole."""

    label = models.CharField(_("what"), max_length=300)
    kind = models.CharField(_("kind"), max_length=80, db_collation="C")
    # An id, since accounts are a floor above and may be erased; none for what the portal sends by itself.
    by_id = models.BigIntegerField(_("let go by"), null=True, blank=True)
    created_at = models.DateTimeField(_("let go"), default=timezone.now)
    goes_at = models.DateTimeField(_("goes out"))
    called_back_at = models.DateTimeField(_("called back"), null=True, blank=True)
    called_back_by_id = models.BigIntegerField(_("called back by"), null=True, blank=True)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.label


class Mail(models.Model):
    """One mail to one recipient about one matter. `outbox.put` writes it, `delivery` sends it, `handling` is staff's part.

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

    UNDER_WAY = (State.QUEUED, State.SENDING)
    OPEN_STATES = (State.QUEUED, State.SENDING, State.FAILED, State.UNKNOWN)

    mailing = models.ForeignKey(
        Mailing, models.PROTECT, null=True, blank=True, related_name="mails", verbose_name=_("mailing")
    )
    kind = models.CharField(_("kind"), max_length=80, db_collation="C")
    subject_label = models.CharField(_("subject"), max_length=100, db_collation="C")
    subject_id = models.BigIntegerField(_("id of the subject"))
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
    own_subject = models.CharField(_("subject in staff's own words"), max_length=250, db_default="", blank=True)
    own_text = models.TextField(_("text in staff's own words"), db_default="", blank=True)
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
                # A worker takes a handful under a short lease while they wait, and each one again while it is sent.
                condition=Q(state="queued")
                | Q(state="sending", lease_until__isnull=False)
                | (~Q(state__in=["queued", "sending"]) & Q(lease_until__isnull=True)),
                name="notifications_mail_lease_while_open",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notifications_mail_sent_at",
            ),
            models.CheckConstraint(
                condition=(Q(state="dropped") & ~Q(drop_reason="")) | (~Q(state="dropped") & Q(drop_reason="")),
                name="notifications_mail_drop_reason",
            ),
            models.CheckConstraint(
                condition=Q(own_subject="", own_text="") | (~Q(own_subject="") & ~Q(own_text="")),
                name="notifications_mail_own_words",
                violation_error_message=_("Give a subject and a text, or neither."),
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
            models.Index(Lower("email"), F("due"), name="notifications_mail_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.email or self.recipient_key}"


class MailTrace(models.Model):
    """What befell a mail on its way, one line each: an attempt that failed, a hand of staff, a report of its return."""

    class What(models.TextChoices):
        ATTEMPT = "attempt", _("Attempt failed")
        STOPPED = "stopped", _("Stopped")
        EDITED = "edited", _("Changed")
        AGAIN = "again", _("Sent again")
        RETURNED = "returned", _("Came back")

    mail = models.ForeignKey(Mail, models.CASCADE, related_name="traces", verbose_name=_("mail"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    words = models.TextField(_("in words"), blank=True)
    by_id = models.BigIntegerField(_("by"), null=True, blank=True)

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("traces")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.words}"
