"""Places at events, and the queue for them."""

import datetime as dt
import secrets
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from records.formats.vocabulary import validate_zone

from .event import Event


def new_token() -> str:
    """What stands in a personal address: 128 bits that nobody guesses."""
    return secrets.token_urlsafe(16)


class RegistrationQuerySet(models.QuerySet):
    def active(self) -> Self:
        """With a place, or waiting for one."""
        return self.exclude(state__in=Registration.GONE)

    def confirmed(self) -> Self:
        return self.filter(state=Registration.State.CONFIRMED)

    def holding(self) -> Self:
        """Those who take a place: confirmed, or with one held for them."""
        return self.filter(state__in=Registration.HOLDING)

    def queue(self, presence: str) -> Self:
        """Those who wait for a place on site or online, in the order in which they came."""
        return self.filter(state=Registration.State.WAITING, presence=presence).order_by("queued_at", "pk")

    def overdue(self, now: dt.datetime) -> Self:
        """Whose time to answer is over: places held and offered, and addresses on the list that nobody confirmed."""
        return self.filter(state__in=Registration.OPEN, held_until__lt=now)

    def answered(self) -> Self:
        """Whose reader has answered for them, or who was registered by somebody known. Others are strangers still: anybody may
        have typed that name and address."""
        states = Registration.State
        offered = RegistrationStep.objects.filter(registration=OuterRef("pk"), state=states.OFFERED)
        known = ~Q(confirmed_at=None) | ~Q(registered_by=None) | Exists(offered)
        waits = Q(state=states.WAITING, held_until=None)
        held = Q(state__in=(states.CONFIRMED, states.OFFERED))
        return self.filter(held | waits | Q(known, state__in=Registration.GONE))

    def of_mailbox(self, email: str) -> Self:
        """Of everybody who is reached through a mailbox."""
        return self.filter(Q(person__email=email) | Q(person__email="", person__care_of__email=email))

    def with_readers(self) -> Self:
        """With the persons, and who receives their mail."""
        return self.select_related("person__care_of").order_by("pk")


class Registration(models.Model):
    """A person's place at an event, or in the queue for one."""

    class State(models.TextChoices):
        HELD = "held", _("Place held, to be confirmed")
        CONFIRMED = "confirmed", _("Confirmed")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Place offered")
        CANCELLED = "cancelled", _("Cancelled")
        EXPIRED = "expired", _("Not confirmed in time")

    class Audience(models.TextChoices):
        """As the secretariat reports its webinars to donors."""

        SITE = "site", _("Manager or staff of a biosphere reserve or geopark")
        COMMITTEE = "committee", _("MAB National Committee or geopark network")
        GOVERNMENT = "government", _("Government or other authority")
        ACADEMIA = "academia", _("University or research institute")
        CIVIL_SOCIETY = "civil_society", _("Association or community")
        STUDENT = "student", _("Student")
        UN = "un", _("UNESCO or another international organisation")
        OTHER = "other", _("Other")

    class Presence(models.TextChoices):
        ONSITE = "onsite", _("On site")
        ONLINE = "online", _("Online")

    HOLDING = (State.HELD, State.CONFIRMED, State.OFFERED)
    GONE = (State.CANCELLED, State.EXPIRED)
    OPEN = (State.HELD, State.OFFERED, State.WAITING)

    event = models.ForeignKey(Event, models.PROTECT, related_name="registrations", verbose_name=_("event"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="registrations", verbose_name=_("person"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.HELD)
    presence = models.CharField(_("presence"), max_length=6, choices=Presence.choices, default=Presence.ONLINE)
    audience = models.CharField(_("audience category"), max_length=60, blank=True, choices=Audience.choices)
    registered_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("registered by")
    )
    held_until = models.DateTimeField(
        _("place held until"), null=True, blank=True,
        help_text=_("On the waiting list: until when the address must be confirmed."),
    )  # fmt: skip
    queued_at = models.DateTimeField(_("in the queue since"), null=True, blank=True)
    created_at = models.DateTimeField(_("registered"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    # After the event was moved: whether the person still comes.
    asked_at = models.DateTimeField(_("asked whether they still come"), null=True, blank=True, editable=False)
    comes_at = models.DateTimeField(_("said that they still come"), null=True, blank=True, editable=False)
    # Which network an unconfirmed registration came from, as a keyed hash that is another one for each event; gone with the
    # answer to the mail, or when the time to answer is over.
    held_from = models.CharField(
        _("network, hashed"), max_length=32, blank=True, default="", editable=False, db_collation="C"
    )
    # Ticked in the form by somebody who may have typed another's address: a consent only once the mail is answered.
    agrees_to_transfer = models.BooleanField(_("ticked that data may be passed on"), default=False, editable=False)
    # As typed for this place; empty where the person's own hold. What is known of a person is not changed by who types it.
    language = models.CharField(_("language of its mails"), max_length=10, blank=True, default="")
    time_zone = models.CharField(
        _("time zone of its mails"), max_length=40, blank=True, default="", validators=[validate_zone]
    )
    # Facts of the person that were typed otherwise than the records have them, by their names: said on the page of the place.
    typed = models.JSONField(_("typed otherwise than known"), default=dict, blank=True, editable=False)
    # Registered in one form with others: who sent it answers for all of them by one link.
    party = models.CharField(
        _("registered together"), max_length=24, blank=True, default="", editable=False, db_collation="C"
    )
    # The personal address by which the person joins online; a new one makes the old one worthless.
    join_token = models.CharField(
        _("token of the join address"), max_length=40, unique=True, default=new_token, editable=False, db_collation="C"
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"], condition=~Q(state__in=["cancelled", "expired"]), name="events_registration_once",
                violation_error_message=_("The person is registered for this event already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "offered"]) | Q(held_until__isnull=False), name="events_registration_held_until"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["event", "state", "queued_at"], name="registration_queue"),
            models.Index(
                fields=["held_until"],
                condition=Q(state__in=["held", "offered", "waiting"]),
                name="registration_deadlines",
            ),
            models.Index(fields=["party"], condition=~Q(party=""), name="registration_party"),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.person}"

    @property
    def reader_zone(self) -> str:
        """On whose clocks its mails and pages tell the time."""
        return self.time_zone or self.person.own_zone or self.event.timezone

    @property
    def reader_language(self) -> str:
        return self.language or self.person.language

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the mail about it still waits for an answer."""
        return self.state == self.State.HELD or (self.state == self.State.WAITING and self.held_until is not None)

    @property
    def joins_online(self) -> bool:
        """Whether the links of the event are meant for this person: who has a place on site has none online."""
        return self.presence == self.Presence.ONLINE and self.event.format != Event.Format.ONSITE

    @property
    def is_asked(self) -> bool:
        """Asked whether they still come, and has not said so yet."""
        return self.asked_at is not None and self.comes_at is None

    @property
    def is_active(self) -> bool:
        """With a place, or waiting for one."""
        return self.state not in self.GONE


class RegistrationStep(models.Model):
    """What became of a registration and why, for those who are asked about it. No step is ever changed."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="steps", verbose_name=_("registration"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=Registration.State.choices)
    why = models.CharField(_("why"), max_length=300)
    by_id = models.BigIntegerField(_("by"), null=True, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.why}"
