"""The site and its reads."""

import datetime as dt
from decimal import Decimal
from typing import ClassVar, Final, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from network.models import MemberState
from records.address_fields import AddressField
from records.formats.vocabulary import Confidence, Designation
from records.models import Record, RecordQuerySet
from records.name_fields import SeenField
from records.scope import Scope
from typed_records.base import TypedRecord, TypeField

# Sites may have the same name: their address decides, which a reader sees; a reserve and a geopark may share that too.
BY_NAME: Final = ("name", "slug", "site_type")


class SiteQuerySet(RecordQuerySet):
    """Reads shared by all types of site."""

    def with_names(self) -> Self:
        """Further names in one more query, for pages that print them."""
        return self.prefetch_related("names")

    def in_state(self, code: str) -> Self:
        return self.filter(state_codes__contains=[code])

    def shared(self) -> Self:
        """Sites that belong to several member states; each counts in every one of them, once in the total."""
        return self.filter(state_codes__len__gt=1)

    def designated(self) -> Self:
        return self.filter(status=DesignatedSite.Status.DESIGNATED)

    def not_confirmed_since(self, moment: dt.datetime) -> Self:
        """Sites whose facts nobody has confirmed since then, or ever."""
        return self.filter(Q(confirmed_at=None) | Q(confirmed_at__lt=moment))

    def not_confirmed_for_a_year(self) -> Self:
        """Sites of the public directory whose facts wait for somebody to confirm them."""
        return self.published().not_confirmed_since(timezone.now() - dt.timedelta(days=365))

    def in_scope(self, scope: Scope) -> Self:
        """Sites of the states, and the single sites, that a scope names."""
        if scope.all:
            return self
        return self.filter(Q(state_codes__overlap=sorted(scope.states)) | Q(pk__in=sorted(scope.sites)))


class SiteType(models.TextChoices):
    """What a site is designated as; each type has an app and a table of its own for what only it tells."""

    RESERVE = "reserve", _("Biosphere reserve")
    GEOPARK = "geopark", _("Geopark")


class DesignatedSite(TypedRecord, Record):
    """A place under a UNESCO designation, or aspiring to one: a biosphere reserve or a geopark, told by `site_type`.

    The point is one representative point (WGS 84, decimal degrees), never a boundary; `accuracy_km` says how far off it
    may be. Areas are in hectares. `name` is the short English name UNESCO uses; all other names are rows of their own.
    """

    class Status(models.TextChoices):
        DESIGNATED = "designated", _("Designated")
        ASPIRING = "aspiring", _("Aspiring")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    TYPE_COLUMN = "site_type"

    kind: ClassVar[str]  # the type, as it stands in addresses
    part_of: ClassVar[str] = ""  # the field that leads from a part of a shared site to the whole
    title_in_name: ClassVar[str] = ""  # what a name may end with that says the kind, not the place

    site_type = TypeField(_("kind of site"), max_length=10, choices=SiteType.choices, editable=False, db_collation="C")
    slug = models.SlugField(_("address"), max_length=80, db_collation="C")
    name = SeenField(_("name"), max_length=120)
    member_states = models.ManyToManyField(MemberState, verbose_name=_("member states"), related_name="sites")
    state_codes = ArrayField(models.CharField(max_length=2), default=list, editable=False)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.DESIGNATED, db_index=True
    )
    designation_year = models.PositiveSmallIntegerField(
        _("year of designation"), null=True, blank=True, validators=[MinValueValidator(1971), MaxValueValidator(2100)]
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=5, null=True, blank=True)
    accuracy_km = models.PositiveSmallIntegerField(
        _("accuracy of the point, km"), null=True, blank=True, help_text=_("How far off the point may be.")
    )
    area_ha = models.DecimalField(
        _("total area, ha"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    admin_region = models.CharField(_("region"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    other_designations = ArrayField(
        models.CharField(max_length=20, choices=Designation.choices),
        verbose_name=_("other designations"),
        default=list,
        blank=True,
    )
    website = AddressField(_("website of the site"), max_length=400, blank=True)
    unesco_url = AddressField(_("page at UNESCO"), max_length=400, blank=True)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence.choices, default=Confidence.MEDIUM)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("designated site")
        verbose_name_plural = _("designated sites")
        ordering = list(BY_NAME)
        indexes = [
            GinIndex(fields=["state_codes"], name="designatedsite_states"),
            GinIndex(fields=["other_designations"], name="designatedsite_desig"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["site_type", "slug"], name="designated_sites_designatedsite_slug_in_type"),
            models.CheckConstraint(
                condition=Q(site_type__in=SiteType.values), name="designated_sites_designatedsite_type"
            ),
            models.CheckConstraint(
                # A comparison with NULL is neither true nor false, and a check accepts what is not false.
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="designated_sites_designatedsite_point",
                violation_error_message=_(
                    "Give latitude (-90 to 90) and longitude (-180 to 180) together, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(area_ha=None) | Q(area_ha__gt=0), name="designated_sites_designatedsite_area"
            ),
            models.CheckConstraint(
                condition=Q(designation_year=None) | Q(designation_year__range=(1971, 2100)),
                name="designated_sites_designatedsite_year",
            ),
            models.CheckConstraint(
                condition=~Q(status="designated") | Q(designation_year__isnull=False),
                name="designated_sites_designatedsite_designated_has_year",
                violation_error_message=_("A designated site has a year of designation."),
            ),
            models.CheckConstraint(
                condition=Q(other_designations__contained_by=Designation.values),
                name="designated_sites_designatedsite_designations",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(f"{self.kind}-detail", args=[self.slug])

    @property
    def is_shared(self) -> bool:
        """Belongs to several member states."""
        return len(self.state_codes) > 1
