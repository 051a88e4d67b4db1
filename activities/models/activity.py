"""What an event and a training have in common: a moment known to some precision, a place, hosts, bodies and sites."""

import datetime as dt
from typing import ClassVar, Final, Self
from zoneinfo import ZoneInfo

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from network.models import Document, MemberState, Programme
from records.address_fields import AddressField
from records.formats.partial_dates import Precision
from records.formats.vocabulary import Confidence, validate_zone
from records.models import Record, RecordQuerySet
from records.scope import Scope
from typed_records.base import TypedRecord, TypeField

# Of those that start together the address decides, which a reader sees; an event and a training may have the same.
NEXT_FIRST: Final = ("starts_at", "slug", "activity_type")
LATEST_FIRST: Final = ("-starts_at", "slug", "activity_type")
# What says when an activity takes place.
ATTENDANCE_AWAITED: Final = dt.timedelta(days=60)  # after that nobody takes it in any more
TIMES: Final = ("starts_at", "start_precision", "ends_at", "end_precision", "timezone")


class OverAt(Func):
    """The first instant at which an activity is certainly over: one known to be in a year lasts until its last day.

    Each column is named once, since Django takes longer to write a condition than the database to answer it."""

    template = """(SELECT coalesce(ends, starts) + CASE coalesce(nullif(end_precision, ''), start_precision)
        WHEN 'year' THEN interval '366 days' WHEN 'month' THEN interval '31 days' WHEN 'day' THEN interval '1 day'
        ELSE CASE WHEN ends IS NULL THEN interval '1 day' ELSE interval '0' END END
        FROM (VALUES (%(expressions)s)) AS times (starts, start_precision, ends, end_precision))"""
    output_field = models.DateTimeField()

    def __init__(self) -> None:
        super().__init__("starts_at", "start_precision", "ends_at", "end_precision")


class ActivityQuerySet(RecordQuerySet):
    def published(self) -> Self:
        """What the public may see: drafts never."""
        return super().published().exclude(status=Activity.Status.DRAFT)

    def in_state(self, code: str) -> Self:
        """Held in a member state."""
        return self.filter(state_codes__contains=[code])

    def of_programme(self, slug: str) -> Self:
        """Held under a programme of the network."""
        return self.filter(programmes__slug=slug)

    def in_scope(self, scope: Scope) -> Self:
        return self if scope.all else self.filter(state_codes__overlap=sorted(scope.states))

    def with_coming(self) -> Self:
        """Says of each whether it is yet to come or still going on, as far as is known: `is_coming`."""
        running = Q(status__in=[Activity.Status.DRAFT, Activity.Status.ANNOUNCED], over_at__gt=timezone.now())
        return self.annotate(over_at=OverAt()).annotate(is_coming=running)

    def not_over_before(self, moment: dt.datetime) -> Self:
        """Yet to come, going on, or over since that moment at the earliest, as far as is known."""
        return self.annotate(over_at=OverAt()).filter(over_at__gt=moment)

    def coming(self) -> Self:
        """Not yet over as far as is known, the next first."""
        return self.with_coming().filter(is_coming=True).order_by(*NEXT_FIRST)

    def over_but_announced(self) -> Self:
        """Over as far as is known, and nobody has said yet that it was held."""
        return self.alias(over_at=OverAt()).filter(status=Activity.Status.ANNOUNCED, over_at__lte=timezone.now())

    def without_attendance(self, now: dt.datetime) -> Self:
        """Over for some weeks at most, with sessions, and nobody has said who was there."""
        over = self.alias(over_at=OverAt()).filter(over_at__lte=now, over_at__gt=now - ATTENDANCE_AWAITED)
        held = over.filter(status__in=[Activity.Status.ANNOUNCED, Activity.Status.HELD], attendance_files=None)
        sessions = apps.get_model("activities", "Session").objects.filter(activity=OuterRef("pk"))
        return held.filter(Exists(sessions), ~Exists(sessions.filter(attendance__isnull=False)))

    def held_and_untold(self) -> Self:
        """Held, not reported, and nothing to read or to watch: neither a document nor a recording, nor anything put up under
        its materials."""
        return self.filter(status=Activity.Status.HELD, documents=None, materials=None, recording_url="")

    def over(self) -> Self:
        """Over as far as is known, and not cancelled."""
        gone = [Activity.Status.DRAFT, Activity.Status.CANCELLED]
        return self.alias(over_at=OverAt()).filter(over_at__lte=timezone.now()).exclude(status__in=gone)

    def latest_first(self) -> Self:
        return self.order_by(*LATEST_FIRST)

    def counted(self) -> Self:
        """What figures count: neither samples nor what was cancelled."""
        return self.filter(is_sample=False).exclude(status=Activity.Status.CANCELLED)


class Activity(TypedRecord, Record):
    """Something that takes place once, from idea to report in one record: an event or a training, each of which has a table
    for what it alone tells.

    `starts_at` and `ends_at` are instants; how much of them is known says the precision (an event known to be "in 2022"
    starts at the first instant of that year in its zone). Open, full and closed are computed; a move leaves a trace row.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ANNOUNCED = "announced", _("Announced")
        HELD = "held", _("Held")
        REPORTED = "reported", _("Reported")
        CANCELLED = "cancelled", _("Cancelled")

    class Format(models.TextChoices):
        UNKNOWN = "", _("Not known")
        ONSITE = "onsite", _("On site")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("On site and online")

    class Type(models.TextChoices):
        EVENT = "event", _("Event")
        TRAINING = "training", _("Training")

    TYPE_COLUMN: ClassVar[str] = "activity_type"
    activity_type = TypeField(max_length=8, choices=Type.choices, editable=False, db_collation="C")
    # An event and a training may have the same address.
    slug = models.SlugField(_("address"), max_length=80, db_collation="C")
    title = models.CharField(_("title"), max_length=250)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, db_index=True)
    starts_at = models.DateTimeField(_("start"), db_index=True)
    start_precision = models.CharField(
        _("precision of the start"), max_length=6, choices=Precision.choices, default=Precision.MINUTE
    )
    ends_at = models.DateTimeField(_("end"), null=True, blank=True)
    end_precision = models.CharField(_("precision of the end"), max_length=6, choices=Precision.choices, blank=True)
    timezone = models.CharField(_("time zone"), max_length=40, validators=[validate_zone], default="Asia/Shanghai")
    format = models.CharField(_("format"), max_length=6, choices=Format.choices, blank=True, default="")
    venue = models.CharField(_("place"), max_length=200, blank=True)
    member_states = models.ManyToManyField(
        MemberState, verbose_name=_("held in"), related_name="activities", blank=True
    )
    state_codes = ArrayField(models.CharField(max_length=2), default=list, editable=False)
    other_countries = ArrayField(
        models.CharField(max_length=2), verbose_name=_("held in other countries (ISO codes)"), default=list, blank=True
    )
    programmes = models.ManyToManyField(Programme, verbose_name=_("programmes"), related_name="activities", blank=True)
    programme_names = ArrayField(
        models.CharField(max_length=120), verbose_name=_("programmes not in the portal"), default=list, blank=True
    )
    documents = models.ManyToManyField(Document, verbose_name=_("documents"), related_name="activities", blank=True)
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"), default=list, blank=True)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    participants_note = models.CharField(_("note on the number"), max_length=200, blank=True)
    participating_codes = ArrayField(
        models.CharField(max_length=2), verbose_name=_("countries taking part (ISO codes)"), default=list, blank=True
    )
    participating_note = models.CharField(_("countries taking part, in words"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    url = AddressField(_("page with most of the facts"), max_length=500, blank=True)
    recording_url = AddressField(_("recording"), max_length=500, blank=True)
    fund_code = models.CharField(_("fund code"), max_length=60, blank=True)
    result_code = models.CharField(_("result code"), max_length=60, blank=True)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence.choices, default=Confidence.MEDIUM)
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Made up, to try the portal; marked as such everywhere.")
    )
    # Rises with each move, cancellation and reopening; calendar programs take the entry with the highest (RFC 5545).
    sequence = models.PositiveIntegerField(_("times moved or cancelled"), default=0, editable=False)
    # The trace of a cancellation; it stays when it takes place after all.
    cancelled_at = models.DateTimeField(_("cancelled on"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True, editable=False)
    capacity_onsite = models.PositiveIntegerField(_("places on site"), null=True, blank=True)
    capacity_online = models.PositiveIntegerField(_("places online"), null=True, blank=True)
    attendance_share = models.PositiveSmallIntegerField(
        _("share of the minutes that counts as taking part, %"), default=75,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Of the minutes of all sessions together."),
    )  # fmt: skip
    gives_certificates = models.BooleanField(_("gives certificates"), default=False)
    certified_hours = models.DecimalField(
        _("hours certified"), max_digits=5, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)],
        help_text=_("Empty: as long as all sessions together."),
    )  # fmt: skip

    searched_names = ("title",)
    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = list(LATEST_FIRST)
        indexes = [GinIndex(fields=["state_codes"], name="activity_states")]
        constraints = [
            models.UniqueConstraint(fields=["activity_type", "slug"], name="activities_activity_slug_once"),
            models.CheckConstraint(
                condition=Q(activity_type__in=["event", "training"]), name="activities_activity_known_type"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="activities_activity_ends_after_start",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                condition=(Q(ends_at=None) & Q(end_precision="")) | (Q(ends_at__isnull=False) & ~Q(end_precision="")),
                name="activities_activity_end_has_precision",
                violation_error_message=_("Give the end together with how much of it is known, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(attendance_share__range=(1, 100)), name="activities_activity_attendance_share"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the event or training."""
        raise NotImplementedError

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def window_dates(self) -> tuple[dt.datetime | None, dt.datetime | None, str]:
        """When one can register or apply: opening, closing, and the zone they are meant in (none: that of the place)."""
        return None, None, ""

    def people_with_place(self, *, onsite_only: bool = False) -> models.QuerySet[Person]:
        """Everybody who is to come; on site only, where one can tell."""
        raise NotImplementedError

    def expected_people(self) -> models.QuerySet[Person]:
        """Everybody whom a name in an attendance list can mean: those with a place or on the way to one, and trainers."""
        raise NotImplementedError

    def door_openings(self) -> list[tuple[int, dt.datetime]]:
        """Who opened the way into the rooms online, and when; helps to tell who is who."""
        return []

    @property
    def start_day(self) -> dt.date:
        """First day, in the zone of the place."""
        return self.starts_at.astimezone(self.zone).date()

    @property
    def end_day(self) -> dt.date | None:
        """Last day, in the zone of the place; None when not known."""
        return self.ends_at.astimezone(self.zone).date() if self.ends_at else None
