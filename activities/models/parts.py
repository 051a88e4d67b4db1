"""The rows that belong to an event or a training: bodies taking part, sites, moves, sessions, attendance."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from geoparks.models import Geopark
from network.models import Partner
from records.formats.partial_dates import Precision
from reserves.models import BiosphereReserve

from .activity import Occasion


class Involvement(models.Model):
    """A body's part in an occasion: a partner of the portal, or only its name as the source gives it."""

    class Role(models.TextChoices):
        ORGANISER = "organiser", _("Organiser")
        PARTNER = "partner", _("Partner")
        FUNDER = "funder", _("Funder")

    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.ORGANISER)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("partner")
    )
    name = models.CharField(_("name as in the source"), max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["role", "order", "pk"]
        verbose_name = _("body taking part")
        verbose_name_plural = _("bodies taking part")
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | ~Q(name=""), name="%(app_label)s_%(class)s_somebody",
                violation_error_message=_("Choose a partner or write a name."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or str(self.partner)


class SiteLink(models.Model):
    """A site an occasion is about or takes place in: of the directory, or only its name as the source gives it."""

    reserve = models.ForeignKey(
        BiosphereReserve,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("biosphere reserve"),
    )
    geopark = models.ForeignKey(
        Geopark, models.CASCADE, null=True, blank=True, related_name="%(class)ss", verbose_name=_("geopark")
    )
    name = models.CharField(_("name as in the source"), max_length=150, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = [
            models.CheckConstraint(
                condition=(Q(reserve__isnull=False) & Q(geopark=None))
                | (Q(reserve=None) & Q(geopark__isnull=False))
                | (Q(reserve=None) & Q(geopark=None) & ~Q(name="")),
                name="%(app_label)s_%(class)s_one_site",
                violation_error_message=_("Choose one reserve or one geopark, or write a name."),
            )
        ]

    def __str__(self) -> str:
        return str(self.reserve or self.geopark or self.name)


class Postponement(models.Model):
    """The trace of a move: when it was to take place, and why that changed."""

    was_starts_at = models.DateTimeField(_("was to start"))
    was_start_precision = models.CharField(
        _("known of that start"), max_length=6, choices=Precision.choices, default=Precision.DAY
    )
    was_ends_at = models.DateTimeField(_("was to end"), null=True, blank=True)
    moved_at = models.DateTimeField(_("moved"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
        verbose_name = _("postponement")
        verbose_name_plural = _("postponements")

    def __str__(self) -> str:
        return f"{self.was_starts_at:%Y-%m-%d}"


class Session(models.Model):
    """One part of an occasion with its own time; in a webinar up to 30 minutes."""

    title = models.CharField(_("title"), max_length=250)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    trainer_names = models.CharField(_("trainers, in words"), max_length=250, blank=True)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        abstract = True
        ordering = ["starts_at", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="%(app_label)s_%(class)s_lasts",
                violation_error_message=_("A session ends after it starts."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def occasion(self) -> Occasion:
        """The event or training it is part of."""
        raise NotImplementedError


class Attendance(models.Model):
    """How long a person was present, summed over reconnections."""

    minutes = models.PositiveSmallIntegerField(_("minutes present"), validators=[MinValueValidator(0)])
    source = models.CharField(_("recorded from"), max_length=100, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
