"""Biosphere reserves with their zones, names, photos, stewards and periodic reviews."""

import datetime as dt
from decimal import Decimal
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from designated_sites.models import ClockedQuerySet, DesignatedSite, SiteType
from designated_sites.models.review_clock import ReviewCycle
from network.models import Document
from records.address_fields import AddressField

from . import reviews


class ReserveQuerySet(ClockedQuerySet):
    def in_ecosystem(self, ecosystem: str) -> Self:
        return self.filter(ecosystem=ecosystem)


class BiosphereReserve(DesignatedSite):
    """A biosphere reserve of UNESCO's Man and the Biosphere Programme (Statutory Framework of 1995).

    Three zones, in hectares: core area (legally constituted, long-term protection), buffer zone, transition area. Each
    may be unknown, and the sum need not equal the published total: show both and say so. A reserve shared by several
    states is one record; its national parts keep records of their own and point to it, their areas are never added.
    """

    class Ecosystem(models.TextChoices):
        TEMPERATE_FOREST = "temperate forest", _("Temperate forest")
        BOREAL_FOREST = "boreal forest", _("Boreal forest")
        SUBTROPICAL_FOREST = "subtropical forest", _("Subtropical forest")
        TROPICAL_FOREST = "tropical forest", _("Tropical forest")
        GRASSLAND = "grassland/steppe", _("Grassland, steppe")
        DESERT = "desert", _("Desert")
        MOUNTAIN = "mountain", _("Mountain")
        WETLAND = "wetland/lake", _("Wetland, lake")
        COASTAL = "coastal/marine/island", _("Coast, sea, island")
        TUNDRA = "tundra", _("Tundra")
        MIXED = "mixed", _("Mixed")

    TYPE: ClassVar[str] = SiteType.RESERVE.value
    kind: ClassVar[str] = TYPE
    clock_rows = "reviews"
    part_of = "joint_reserve"

    ecosystem = models.CharField(_("main ecosystem"), max_length=24, choices=Ecosystem.choices, db_index=True)
    core_ha = models.DecimalField(
        _("core area, ha"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    buffer_ha = models.DecimalField(
        _("buffer zone, ha"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    transition_ha = models.DecimalField(
        _("transition area, ha"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    extension_years = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("years of extension"), default=list, blank=True
    )
    joint_reserve = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="national_parts", verbose_name=_("national part of"),
        limit_choices_to=Q(state_codes__len__gt=1),
    )  # fmt: skip

    objects = ReserveQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("biosphere reserve")
        verbose_name_plural = _("biosphere reserves")
        constraints = [
            models.CheckConstraint(
                condition=(Q(core_ha=None) | Q(core_ha__gte=0))
                & (Q(buffer_ha=None) | Q(buffer_ha__gte=0))
                & (Q(transition_ha=None) | Q(transition_ha__gte=0)),
                name="reserves_biospherereserve_zones",
            ),
            models.CheckConstraint(
                condition=~Q(joint_reserve=models.F("designatedsite_ptr")),
                name="reserves_biospherereserve_not_its_own_part",
            ),
        ]

    @property
    def zones_sum_ha(self) -> Decimal | None:
        """Sum of the zones that are known; None when none is."""
        known = [zone for zone in (self.core_ha, self.buffer_ha, self.transition_ha) if zone is not None]
        return sum(known, Decimal(0)) if known else None

    def clock(self, now: dt.datetime | None = None) -> ReviewCycle | None:
        """The periodic review that comes next or is under way; None where there is none. Reads `reviews`."""
        return reviews.clock_of(self, self.reviews.all(), now or timezone.now())


class PeriodicReview(models.Model):
    """One periodic review (every ten years, Statutory Framework, Article 9): when due, received, decided, and how.

    Its year is that in which the report is due; the next review is counted from it. `deferred_until` is the day by which the
    council wants further information. Outcomes are shown in public only where the council's text is public and cited.
    """

    Outcome = reviews.Outcome

    site = models.ForeignKey(
        BiosphereReserve, models.CASCADE, related_name="reviews", verbose_name=_("biosphere reserve")
    )
    year = models.PositiveSmallIntegerField(_("year of the review"))
    due_override = models.DateField(_("due date set by staff"), null=True, blank=True)
    override_reason = models.CharField(_("reason for that date"), max_length=300, blank=True)
    received_on = models.DateField(_("report received"), null=True, blank=True)
    decided_on = models.DateField(_("decided by the council"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True, default="")
    public_source = AddressField(_("public text of the council"), max_length=400, blank=True)
    deferred_until = models.DateField(_("further information due"), null=True, blank=True)
    information_received_on = models.DateField(_("further information received"), null=True, blank=True)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("periodic review")
        verbose_name_plural = _("periodic reviews")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "year"], name="reserves_periodicreview_once", violation_error_message=_("This review is recorded already.")),
            models.CheckConstraint(condition=Q(year__range=(1981, 2150)), name="reserves_periodicreview_year"),
            models.CheckConstraint(
                condition=Q(due_override=None) | ~Q(override_reason=""), name="reserves_periodicreview_override_has_reason",
                violation_error_message=_("Say why the due date was set by hand."),
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(decided_on=None) | Q(decided_on__gte=models.F("received_on")),
                name="reserves_periodicreview_decided_after_report",
                violation_error_message=_("The council decides after the report was received."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.site} {self.year}"
