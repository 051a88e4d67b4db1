"""What is certified."""

from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from activities.models import Activity

ERASED: Final = "–"  # stands for the name of somebody who had it erased


class CertificateQuerySet(models.QuerySet):
    def of(self, activity: Activity) -> Self:
        """For taking part in an event or training."""
        return self.filter(activity=activity.pk)

    def valid(self) -> Self:
        return self.filter(revoked_at=None)


class Certificate(models.Model):
    """What anybody can verify by its number: name, title, dates and hours as printed. A reissue keeps the number.

    The paper is made from this row alone, whenever somebody asks for it.
    """

    number = models.CharField(_("number"), max_length=24, unique=True, db_collation="C")
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="certificates", verbose_name=_("event or training")
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
            models.UniqueConstraint(
                fields=["activity", "person"], name="trainings_certificate_once",
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
    def is_nameless(self) -> bool:
        """Whose it is was erased: the number is known, and proves nothing for anybody any more."""
        return self.name == ERASED
