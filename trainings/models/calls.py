"""The call: aims, seats by class, caps, deadline, sessions."""

import datetime as dt
from decimal import Decimal
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from activities.models import Activity, ActivityQuerySet
from designated_sites.models import DesignatedSite
from events.models import Event, Series
from network.models import MemberState
from records.formats.vocabulary import validate_zone

# States of an application whose person has a seat, or had one when the training took place.
WITH_PLACE: Final = ("confirmed", "attended", "no_show", "completed")


class Training(Activity):
    """A training from call to certificate. National committees nominate, the secretariat selects.

    The deadline is an instant in the zone of the rule: an application sent at 00:30 in Tokyo may still be in time in Paris.
    """

    TYPE: ClassVar[str] = Activity.Type.TRAINING.value
    target_group = models.CharField(_("for whom"), max_length=300, blank=True)
    topics = ArrayField(models.CharField(max_length=150), verbose_name=_("topics"), default=list, blank=True)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="trainings", verbose_name=_("series")
    )
    events = models.ManyToManyField(
        Event, verbose_name=_("events that were part of it"), related_name="trainings", blank=True
    )
    seats_note = models.CharField(_("seats, in words"), max_length=200, blank=True)
    women_share = models.DecimalField(
        _("share of women, %"), max_digits=4, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )  # fmt: skip
    call_opens_at = models.DateTimeField(_("call opens"), null=True, blank=True)
    nominations_close_at = models.DateTimeField(_("nominations close"), null=True, blank=True)
    deadline_zone = models.CharField(_("zone of the deadline"), max_length=40, validators=[validate_zone], blank=True)
    costs = models.TextField(_("what is paid and what is not"), blank=True)
    letter_signatory = models.CharField(
        _("who signs the invitation letters"), max_length=150, blank=True,
        help_text=_("Name and position as they stand under the letter."),
    )  # fmt: skip
    letter_office = models.TextField(
        _("office that invites"), max_length=500, blank=True,
        help_text=_("As it stands at the head of the letter: name and address, one line each."),
    )  # fmt: skip
    letter_words = models.TextField(
        _("further words of the letter"), max_length=2000, blank=True,
        help_text=_("Whom to ask, what to bring, words for the embassy. Nothing of this kind is written by the portal."),
    )  # fmt: skip
    endorsement_required = models.BooleanField(
        _("only endorsed people are selected"), default=True,
        help_text=_("Without it the secretariat may also select people whom no focal point has spoken for."),
    )  # fmt: skip
    answer_days = models.PositiveSmallIntegerField(
        _("days to confirm a seat"), default=10, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    asks_presentation = models.BooleanField(_("participants upload a presentation"), default=False)
    follow_up_closes_at = models.DateTimeField(
        _("follow-up form to be sent until"), null=True, blank=True,
        help_text=_("What selected people are asked afterwards; they are reminded three days before."),
    )  # fmt: skip

    searched_names = ("title",)
    searched_texts = ("venue", "summary", "target_group")
    objects = ActivityQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        constraints = [
            models.CheckConstraint(
                condition=Q(nominations_close_at=None) | ~Q(deadline_zone=""), name="trainings_training_deadline_has_zone",
                violation_error_message=_("A deadline needs the zone it is meant in."),
            ),
            models.CheckConstraint(condition=Q(women_share=None) | Q(women_share__range=(0, 100)), name="trainings_training_women_share"),
        ]  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("training-detail", args=[self.slug])

    @property
    def window_dates(self) -> tuple[dt.datetime | None, dt.datetime | None, str]:
        return self.call_opens_at, self.nominations_close_at, self.deadline_zone

    def people_with_place(self, *, onsite_only: bool = False) -> models.QuerySet[Person]:
        """Whose application was confirmed; where no class of seats says how they come, they come on site."""
        place = Q(applications__training=self, applications__state__in=WITH_PLACE)
        onsite = Q(applications__seat_class=None) | Q(applications__seat_class__presence="onsite")
        return Person.objects.filter(place & onsite if onsite_only else place)

    def expected_people(self) -> models.QuerySet[Person]:
        place = Q(applications__training=self, applications__state__in=WITH_PLACE)
        return Person.objects.filter(place | Q(led_sessions__activity=self)).distinct()


class DeadlineExtension(models.Model):
    """The trace of an extended deadline."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="extensions", verbose_name=_("training"))
    was = models.DateTimeField(_("was"))
    extended_at = models.DateTimeField(_("extended"), auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("deadline extension")
        verbose_name_plural = _("deadline extensions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.was:%Y-%m-%d %H:%M}"


class SeatClass(models.Model):
    """Seats of one kind: funded or not, on site or online, perhaps for some member states only."""

    class Funding(models.TextChoices):
        FULL = "full", _("Fully funded")
        SELF = "self", _("Self-funded")

    class Presence(models.TextChoices):
        ONSITE = "onsite", _("On site")
        ONLINE = "online", _("Online")

    training = models.ForeignKey(Training, models.CASCADE, related_name="seat_classes", verbose_name=_("training"))
    funding = models.CharField(_("funding"), max_length=4, choices=Funding.choices)
    presence = models.CharField(_("presence"), max_length=6, choices=Presence.choices, default=Presence.ONSITE)
    seats = models.PositiveSmallIntegerField(_("seats"))
    covers = models.CharField(_("what it covers"), max_length=300, blank=True)
    only_states = models.ManyToManyField(
        MemberState,
        related_name="+",
        verbose_name=_("only for"),
        blank=True,
        help_text=_("Empty: for all member states."),
    )

    class Meta:
        verbose_name = _("class of seats")
        verbose_name_plural = _("classes of seats")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "funding", "presence"], name="trainings_seatclass_once",
                violation_error_message=_("The training has this class of seats already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_funding_display()}, {self.get_presence_display()}"


class SeatCap(models.Model):
    """The most seats one member state, or one site, may get."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="caps", verbose_name=_("training"))
    member_state = models.ForeignKey(
        MemberState, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("member state")
    )
    site = models.ForeignKey(
        DesignatedSite, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("site")
    )
    most = models.PositiveSmallIntegerField(_("at most"))

    class Meta:
        verbose_name = _("cap")
        verbose_name_plural = _("caps")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member_state__isnull=False, site=None) | Q(member_state=None, site__isnull=False),
                name="trainings_seatcap_of_one",
                violation_error_message=_("A cap is for one member state, one reserve or one geopark."),
            ),
            models.UniqueConstraint(
                fields=["training", "member_state", "site"],
                nulls_distinct=False,
                name="trainings_seatcap_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_state or self.site}: {self.most}"
