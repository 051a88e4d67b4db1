from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.Model):
    """An error of the portal's own code, however often it happens: what it is and where, and nothing of what was said, sent
    or read when it happened."""

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True, db_collation="C")
    error = models.CharField(_("kind of error"), max_length=200)
    where = models.CharField(_("page or task"), max_length=200, blank=True)
    line = models.CharField(_("line of the code"), max_length=250, blank=True)
    count = models.PositiveBigIntegerField(_("how often"), default=0)
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))
    told_at = models.DateTimeField(_("moment of the latest mail, which may be to come"), null=True, blank=True)

    class Meta:
        verbose_name = _("fault")
        verbose_name_plural = _("faults")
        ordering: ClassVar[list[str]] = ["-last_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.error} ({self.where or self.line})"
