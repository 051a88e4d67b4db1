"""What lands on the secretariat officer's desk."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events.models import Event
from network.models import MemberState, Programme
from notifications.models import Mailing
from records.formats.vocabulary import Language
from records.name_fields import AddressField, NameField
from trainings.models import Training


class Announcement(models.Model):
    """Something the secretariat tells a chosen audience by mail, once. What is sent cannot be written anew.

    The parts of an audience narrow one another down; a part that names nothing leaves it as it is.
    """

    class Role(models.TextChoices):
        FOCAL_POINT = "focal_point", _("Focal points")
        RESERVE_STEWARD = "reserve_steward", _("Stewards of biosphere reserves")
        GEOPARK_STEWARD = "geopark_steward", _("Stewards of geoparks")
        TRAINER = "trainer", _("Trainers")
        SECRETARIAT = "secretariat", _("Secretariat officers")

    title = models.CharField(_("subject"), max_length=150)
    text = models.TextField(
        _("text"), help_text=_("Readers of a language in which it is not written get it in English.")
    )
    member_states = models.ManyToManyField(MemberState, related_name="+", verbose_name=_("member states"), blank=True)
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices), verbose_name=_("roles"), default=list, blank=True,
        help_text=_("People who hold one of these roles."),
    )  # fmt: skip
    languages = ArrayField(
        models.CharField(max_length=10, choices=Language.choices), verbose_name=_("languages"), default=list, blank=True,
        help_text=_("People who read one of these languages."),
    )  # fmt: skip
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("people registered for an event")
    )
    training = models.ForeignKey(
        Training,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("people who applied for a training"),
    )
    mailing = models.OneToOneField(
        Mailing, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mailing"), editable=False
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class OfferRequest(models.Model):
    """Somebody asks the secretariat for something the office offers. Personal data: not in the trigger history."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed")

    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        related_name="offer_requests",
        verbose_name=_("offer"),
        limit_choices_to=Q(kind="offer"),
    )
    name = NameField(_("name"), max_length=150)
    email = AddressField(_("e-mail address"))
    organisation = NameField(_("organisation"), max_length=200)
    member_state = models.ForeignKey(
        MemberState, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("member state")
    )
    message = models.TextField(_("what is needed"), max_length=4000)
    language = models.CharField(_("language"), max_length=10, default="en", editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW, db_index=True)
    answer_note = models.TextField(_("note on the answer"), blank=True)
    handled_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("handled by")
    )
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)

    class Meta:
        verbose_name = _("request for an offer")
        verbose_name_plural = _("requests for offers")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.programme}: {self.organisation}"
