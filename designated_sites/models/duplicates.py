"""Two records that look like one site, and are not."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .sites import DesignatedSite


class NotADuplicate(models.Model):
    """An officer's word that two records of a kind are two sites. Their numbers stand in rising order."""

    first = models.ForeignKey(DesignatedSite, models.CASCADE, related_name="+", verbose_name=_("one record"))
    second = models.ForeignKey(DesignatedSite, models.CASCADE, related_name="+", verbose_name=_("other record"))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by"))
    at = models.DateTimeField(_("decided"), auto_now_add=True)

    class Meta:
        verbose_name = _("pair of different sites")
        verbose_name_plural = _("pairs of different sites")
        ordering = ["first_id", "second_id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="designated_sites_not_a_duplicate_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="designated_sites_not_a_duplicate_order"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
