"""Two records that look like one site, and are not."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .redirects import SiteRedirect


class NotADuplicate(models.Model):
    """An officer's word that two records of a kind are two sites. The records are numbers in rising order."""

    kind = models.CharField(_("kind of site"), max_length=10, choices=SiteRedirect._meta.get_field("kind").choices)
    first_id = models.BigIntegerField(_("one record"))
    second_id = models.BigIntegerField(_("other record"))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by"))
    at = models.DateTimeField(_("decided"), auto_now_add=True)

    class Meta:
        verbose_name = _("pair of different sites")
        verbose_name_plural = _("pairs of different sites")
        ordering = ["kind", "first_id", "second_id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "first_id", "second_id"], name="designated_sites_not_a_duplicate_once"),
            models.CheckConstraint(condition=Q(first_id__lt=F("second_id")), name="designated_sites_not_a_duplicate_order"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id} ≠ {self.second_id}"
