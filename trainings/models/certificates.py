"""Who was present, and what is certified."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from events.models import Event
from events.occasion_parts import Attendance

from .calls import Training, TrainingSession


class TrainingAttendance(Attendance):
    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="attendance", verbose_name=_("session"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="training_attendance", verbose_name=_("person"))

    class Meta(Attendance.Meta):
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="trainings_attendance_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.minutes}"


class Certificate(models.Model):
    """What anybody can verify by its number: name, title, dates and hours as printed. A reissue keeps the number."""

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
    title = models.CharField(_("title as printed"), max_length=250)
    dates = models.CharField(_("dates as printed"), max_length=120)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1, null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    issued_at = models.DateTimeField(_("issued"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoke_reason = models.CharField(_("reason for the revocation"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(training__isnull=False, event=None) | Q(training=None, event__isnull=False),
                name="trainings_certificate_of_one",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoke_reason=""), name="trainings_certificate_revoked_with_reason",
                violation_error_message=_("Say why the certificate was revoked."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number
