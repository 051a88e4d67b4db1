"""Reports to donors as they were handed over: figures that stay, whatever becomes of the records they were counted from."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from network.models import Partner


class DonorReport(models.Model):
    """Figures of participants, frozen. It covers one training, one event, or all of a fund, a funder and a period together.

    `figures` is the whole document: anonymous cells and all tables as printed, with no key of a person; `checksum` is the
    SHA-256 of its canonical JSON. The database refuses every change (a trigger), so a correction is a new report that names
    the one it replaces. Who froze it is a number without a key: erasing an account leaves the row.
    """

    title = models.CharField(_("title"), max_length=200)
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="donor_reports",
        verbose_name=_("event or training"),
    )
    fund_code = models.CharField(_("fund code"), max_length=60, blank=True)
    result_code = models.CharField(_("result code"), max_length=60, blank=True)
    funder = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="donor_reports", verbose_name=_("funder")
    )
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("corrects")
    )
    figures = models.JSONField(_("figures"), editable=False)
    checksum = models.CharField(_("checksum"), max_length=64, db_collation="C", editable=False)
    frozen_at = models.DateTimeField(_("frozen"), editable=False)
    frozen_by_id = models.BigIntegerField(_("frozen by"), editable=False)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("donor report")
        verbose_name_plural = _("donor reports")
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False, fund_code="", result_code="", funder=None, first_day=None)
                | (
                    Q(activity=None)
                    & (~Q(fund_code="") | ~Q(result_code="") | Q(funder__isnull=False) | Q(first_day__isnull=False))
                ),
                name="trainings_donorreport_covers",
                violation_error_message=_("Choose one training, one event, or a fund, a funder and a period."),
            ),
            models.CheckConstraint(
                condition=Q(first_day=None, last_day=None)
                | Q(first_day__isnull=False, last_day__isnull=False, last_day__gte=F("first_day")),
                name="trainings_donorreport_period",
                violation_error_message=_("A period has a first day and a last day that is not before it."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("admin:trainings_donorreport_change", args=[self.pk])
