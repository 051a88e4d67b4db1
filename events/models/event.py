"""Events and their series."""

import datetime as dt
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from activities.models import Activity, ActivityQuerySet
from records.models import Record, RecordQuerySet


class Series(Record):
    """Events that belong together over the years: the network's meetings, a yearly conference."""

    name = models.CharField(_("name"), max_length=150, unique=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EventQuerySet(ActivityQuerySet):
    def counted_once(self) -> Self:
        """For figures: parts of a larger event are left out, so that a programme counts once."""
        return self.filter(part_of=None)

    def counted(self) -> Self:
        return super().counted().counted_once()

    def held_and_untold(self) -> Self:
        """Nor a summary written afterwards."""
        return super().held_and_untold().filter(Q(written_summary_en=None) | Q(written_summary_en=""))

    def taking_registrations(self) -> Self:
        """Announced and yet to come, with a registration that has opened; whoever answers for others may still use it
        after the closing. The next first."""
        now = timezone.now()
        opened = Q(registration_opens_at__lte=now) | Q(registration_opens_at=None, registration_closes_at__isnull=False)
        return self.filter(opened, status=Event.Status.ANNOUNCED, starts_at__gt=now).order_by("starts_at", "slug")


class Event(Activity):
    """A meeting, webinar, symposium ... of the network or followed by the secretariat."""

    class Kind(models.TextChoices):
        NETWORK_MEETING = "network_meeting", _("Meeting of the network")
        WEBINAR = "webinar", _("Webinar")
        WEBINAR_SERIES = "webinar_series", _("Series of webinars")
        FORUM = "forum", _("Forum")
        SYMPOSIUM = "symposium", _("Symposium")
        WORKSHOP = "workshop", _("Workshop")
        CONFERENCE = "conference", _("Conference")
        CELEBRATION = "celebration", _("Celebration")

    TYPE: ClassVar[str] = Activity.Type.EVENT.value
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, db_index=True)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("series")
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    outcomes = models.TextField(_("outcomes"), blank=True, help_text=_("One per line."))
    written_summary = models.TextField(
        _("written summary"),
        blank=True,
        help_text=_("What was said, for those who were not there. Written afterwards."),
    )
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)

    searched_names = ("title",)
    searched_texts = ("venue", "summary")
    objects = EventQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(condition=~Q(part_of=F("activity_ptr")), name="events_event_not_its_own_part"),
            models.CheckConstraint(
                condition=Q(registration_opens_at=None) | Q(registration_closes_at=None)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="events_event_registration_span",
                violation_error_message=_("Registration closes after it opens."),
            ),
        ]  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("event-detail", args=[self.slug])

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """In place of Django's own, which makes all the labels anew for each event of a list."""
        return str(KIND_LABELS.get(self.kind, self.kind))

    @property
    def window_dates(self) -> tuple[dt.datetime | None, dt.datetime | None, str]:
        return self.registration_opens_at, self.registration_closes_at, ""

    def people_with_place(self, *, onsite_only: bool = False) -> models.QuerySet[Person]:
        place = Q(registrations__event=self, registrations__state="confirmed")
        return Person.objects.filter(place & Q(registrations__presence="onsite") if onsite_only else place)

    def expected_people(self) -> models.QuerySet[Person]:
        return Person.objects.filter(Q(registrations__event=self) | Q(led_sessions__activity=self)).distinct()

    def door_openings(self) -> list[tuple[int, dt.datetime]]:
        opened = self.registrations.exclude(door_opening=None)
        return list(opened.values_list("person", "door_opening__at"))


KIND_LABELS: Final = dict(Event.Kind.choices)
