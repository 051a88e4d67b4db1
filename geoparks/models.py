"""UNESCO Global Geoparks and aspiring geoparks, with names, photos, stewards and revalidations."""

import datetime as dt
from decimal import Decimal
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from designated_sites.models import ClockedQuerySet, DesignatedSite, SiteType
from designated_sites.models.review_clock import ReviewCycle
from network.models import Document
from records.address_fields import AddressField
from reserves.models import BiosphereReserve

from . import revalidations


class GeoparkQuerySet(ClockedQuerySet):
    def aspiring(self) -> Self:
        """Candidates: followed by the office, not counted as geoparks."""
        return self.filter(status=DesignatedSite.Status.ASPIRING)


class Geopark(DesignatedSite):
    """A UNESCO Global Geopark, or one aspiring to be. The label began in 2015; the year of an older one is that of its
    entry into the Global Geoparks Network. The area is kept in hectares and shown in square kilometres."""

    TYPE: ClassVar[str] = SiteType.GEOPARK.value
    kind: ClassVar[str] = TYPE
    clock_rows = "revalidations"
    title_in_name = "UNESCO Global Geopark"
    searched_texts = ("geological_theme",)

    geological_theme = models.CharField(_("geological theme"), max_length=200, blank=True)
    overlapping_reserves = models.ManyToManyField(
        BiosphereReserve,
        related_name="overlapping_geoparks",
        verbose_name=_("overlapping biosphere reserves"),
        blank=True,
    )
    overlapping_names = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("overlapping reserves not in the directory"),
        default=list,
        blank=True,
    )

    objects = GeoparkQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("geopark")
        verbose_name_plural = _("geoparks")

    @property
    def area_km2(self) -> Decimal | None:
        """Total area in square kilometres."""
        return None if self.area_ha is None else self.area_ha / 100

    def clock(self, now: dt.datetime | None = None) -> ReviewCycle | None:
        """The revalidation that comes next or is under way; None where there is none. Reads `revalidations`."""
        return revalidations.clock_of(self, self.revalidations.all(), now or timezone.now())


class Revalidation(models.Model):
    """One revalidation (every four years; two after a yellow card) with the card it ended in.

    Its year is that of the mission; the next revalidation is counted from it.
    """

    Card = revalidations.Card

    site = models.ForeignKey(Geopark, models.CASCADE, related_name="revalidations", verbose_name=_("geopark"))
    year = models.PositiveSmallIntegerField(_("year of the revalidation"))
    due_override = models.DateField(_("due date set by staff"), null=True, blank=True)
    override_reason = models.CharField(_("reason for that date"), max_length=300, blank=True)
    summary_received_on = models.DateField(_("one-page summary received"), null=True, blank=True)
    report_received_on = models.DateField(_("progress report received"), null=True, blank=True)
    mission_on = models.DateField(_("mission of the evaluators"), null=True, blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    card = models.CharField(_("card"), max_length=8, choices=Card.choices, blank=True, default="")
    public_source = AddressField(_("public text of the council"), max_length=400, blank=True)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("revalidation")
        verbose_name_plural = _("revalidations")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "year"], name="geoparks_revalidation_once", violation_error_message=_("This revalidation is recorded already.")),
            models.CheckConstraint(condition=Q(year__range=(2004, 2150)), name="geoparks_revalidation_year"),
            models.CheckConstraint(
                condition=Q(due_override=None) | ~Q(override_reason=""), name="geoparks_revalidation_override_has_reason",
                violation_error_message=_("Say why the due date was set by hand."),
            ),
            models.CheckConstraint(
                condition=Q(mission_on=None) | Q(decided_on=None) | Q(decided_on__gte=models.F("mission_on")),
                name="geoparks_revalidation_decided_after_mission",
                violation_error_message=_("The council decides after the mission."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.site} {self.year}"
