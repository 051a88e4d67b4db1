"""Old addresses."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .sites import DesignatedSite, SiteType


class SiteRedirect(models.Model):
    """An old address of a site that leads to it, after a renaming or a merge; it goes when the site goes.

    `former_id` is the number of the record that was merged: its history is kept under it. `kind` is that of the site: an
    address is taken once in each type.
    """

    site = models.ForeignKey(DesignatedSite, models.CASCADE, related_name="redirects", verbose_name=_("site"))
    kind = models.CharField(_("kind of site"), max_length=10, choices=SiteType.choices, editable=False)
    old_slug = models.SlugField(_("old address"), max_length=80, db_collation="C")
    former_id = models.BigIntegerField(_("number of the record merged"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["kind", "old_slug"]
        constraints = [models.UniqueConstraint(fields=["kind", "old_slug"], name="designated_sites_redirect_once")]

    def __str__(self) -> str:
        return f"{self.old_slug} → {self.site.slug}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = self.site.site_type
        super().save(*args, **kwargs)
