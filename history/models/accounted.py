"""Acts that must be accounted for, and the runs of the purge. Both hold numbers and no names."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Who did what on what, when and from where. Accounts are numbers without a key: erasing a person leaves the row.

    `origin` is the network address without its last part: it tells one office from another, not one person.
    """

    class What(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        FACTOR_FAILED = "factor_failed", _("Second factor failed")
        FACTOR_CHANGED = "factor_changed", _("Second factor changed")
        PROVEN = "proven", _("Address proven, what was set before ended")
        SESSIONS_ENDED = "sessions_ended", _("Signed out elsewhere")
        ROLE_GRANTED = "role_granted", _("Role given")
        ROLE_REFUSED = "role_refused", _("Role refused")
        ROLE_WITHDRAWN = "role_withdrawn", _("Role taken away")
        EXPORTED = "exported", _("Personal data taken out")
        MASS_MAIL = "mass_mail", _("Mail to many let go")
        CORRECTED = "corrected", _("Personal data corrected")
        ERASED = "erased", _("Personal data erased")
        MERGED = "merged", _("Two records of a person made one")
        IMPORTED = "imported", _("Records imported from a file")

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    what = models.CharField(_("what"), max_length=20, choices=What.choices)
    actor_id = models.BigIntegerField(_("who"), null=True, db_index=True)
    subject_label = models.CharField(_("on what"), max_length=100, blank=True, db_collation="C")
    subject_id = models.BigIntegerField(_("number"), null=True)
    detail = models.CharField(_("further"), max_length=200, blank=True)
    origin = models.CharField(_("from where"), max_length=50, blank=True, db_collation="C")

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit list")
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.actor_id or '–'}"


class PurgeRun(models.Model):
    """One rule applied in one run of the purge: how many rows it touched."""

    rule = models.CharField(_("rule"), max_length=60, db_collation="C")
    before = models.DateTimeField(_("what is older than"))
    rows = models.PositiveIntegerField(_("rows"), default=0)
    error = models.TextField(_("error"), blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("purge")
        verbose_name_plural = _("purges")
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.rule}: {self.rows}"
