"""The rows that belong to an event or a training: bodies taking part, sites, moves, sessions, attendance."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from designated_sites.models import DesignatedSite
from network.models import Partner
from records.formats.partial_dates import Precision
from records.name_fields import NameField, SeenField

from .activity import Activity


class Involvement(models.Model):
    """A body's part in an activity: a partner of the portal, or only its name as the source gives it."""

    class Role(models.TextChoices):
        ORGANISER = "organiser", _("Organiser")
        PARTNER = "partner", _("Partner")
        FUNDER = "funder", _("Funder")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="involvements", verbose_name=_("activity"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.ORGANISER)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="involvements", verbose_name=_("partner")
    )
    name = SeenField(_("name as in the source"), max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["role", "order", "pk"]
        verbose_name = _("body taking part")
        verbose_name_plural = _("bodies taking part")
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | ~Q(name=""), name="activities_involvement_somebody",
                violation_error_message=_("Choose a partner or write a name."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or str(self.partner)


class ActivitySite(models.Model):
    """A site an activity is about or takes place in: of the directory, or only its name as the source gives it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="site_links", verbose_name=_("activity"))
    site = models.ForeignKey(
        DesignatedSite, models.CASCADE, null=True, blank=True, related_name="activity_sites", verbose_name=_("site")
    )
    name = SeenField(_("name as in the source"), max_length=150, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = [
            models.CheckConstraint(
                condition=Q(site__isnull=False) | ~Q(name=""),
                name="activities_activitysite_one_site",
                violation_error_message=_("Choose one reserve or one geopark, or write a name."),
            )
        ]

    def __str__(self) -> str:
        return str(self.site or self.name)


class Postponement(models.Model):
    """The trace of a move: when it was to take place, and why that changed."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="postponements", verbose_name=_("activity"))
    was_starts_at = models.DateTimeField(_("was to start"))
    was_start_precision = models.CharField(
        _("known of that start"), max_length=6, choices=Precision.choices, default=Precision.DAY
    )
    was_ends_at = models.DateTimeField(_("was to end"), null=True, blank=True)
    moved_at = models.DateTimeField(_("moved"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("postponement")
        verbose_name_plural = _("postponements")

    def __str__(self) -> str:
        return f"{self.was_starts_at:%Y-%m-%d}"


class Session(models.Model):
    """One part of an activity with its own time; in a webinar up to 30 minutes."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sessions", verbose_name=_("activity"))
    title = models.CharField(_("title"), max_length=250)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    trainers = models.ManyToManyField(Person, related_name="led_sessions", verbose_name=_("trainers"), blank=True)
    trainer_names = NameField(_("trainers, in words"), max_length=250, blank=True)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        ordering = ["starts_at", "title", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="activities_session_lasts",
                violation_error_message=_("A session ends after it starts."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title
