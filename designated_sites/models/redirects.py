"""Old addresses."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SiteRedirect(models.Model):
    """An old address of a site that leads to its present one, after a renaming or a merge.

    `former_id` is the number of the record that was merged: its history is kept under it.
    """

    kind = models.CharField(
        _("kind of site"), max_length=10, choices=[("reserve", _("Biosphere reserve")), ("geopark", _("Geopark"))]
    )
    old_slug = models.SlugField(_("old address"), max_length=80, db_collation="C")
    new_slug = models.SlugField(_("present address"), max_length=80, db_collation="C")
    former_id = models.BigIntegerField(_("number of the record merged"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["kind", "old_slug"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "old_slug"], name="designated_sites_redirect_once"),
            models.CheckConstraint(
                condition=~Q(old_slug=models.F("new_slug")), name="designated_sites_redirect_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_slug} → {self.new_slug}"
