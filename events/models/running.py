"""What belongs to the running of an event: its door, questions sent in advance, materials."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from records.formats.vocabulary import Language

from .event import Event, EventSession
from .registration import Registration


class RunningEvent(Event):
    """An event as the officer runs it: a room of its own in the admin, no table."""

    class Meta:
        proxy = True
        verbose_name = _("event delivery")
        verbose_name_plural = _("event delivery")


class DoorOpening(models.Model):
    """When somebody first found the links on their personal page; helps to tell who is who in an attendance list."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, primary_key=True, related_name="door_opening", verbose_name=_("registration")
    )
    at = models.DateTimeField(_("opened the door"))

    class Meta:
        verbose_name = _("opened door")
        verbose_name_plural = _("opened doors")

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.at:%Y-%m-%d %H:%M}"


class AdvanceQuestionQuerySet(models.QuerySet):
    def shown(self) -> "AdvanceQuestionQuerySet":
        """What trainers read."""
        return self.exclude(state=AdvanceQuestion.State.HIDDEN)

    def for_session(self, session: EventSession) -> "AdvanceQuestionQuerySet":
        """Asked of this session, or of the whole event."""
        return self.filter(Q(session=session) | Q(session=None), event=session.event_id)


class AdvanceQuestion(models.Model):
    """A question that somebody registered sent before an event. Without a person nobody can tell who asked."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        ACCEPTED = "accepted", _("Accepted")
        ANSWERED = "answered", _("Answered")
        HIDDEN = "hidden", _("Hidden from the trainers")

    event = models.ForeignKey(Event, models.CASCADE, related_name="advance_questions", verbose_name=_("event"))
    session = models.ForeignKey(
        EventSession,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="advance_questions",
        verbose_name=_("session"),
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="advance_questions", verbose_name=_("asked by")
    )
    text = models.TextField(_("question"), max_length=1000)
    language = models.CharField(_("language of the page"), max_length=10)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.NEW)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)

    objects = AdvanceQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question sent in advance")
        verbose_name_plural = _("questions sent in advance")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Material(models.Model):
    """Slides, a recording, a transcript ... of an event: a file of ours or an address, and who may have it."""

    class Kind(models.TextChoices):
        SLIDES = "slides", _("Slides")
        RECORDING = "recording", _("Recording")
        TRANSCRIPT = "transcript", _("Transcript")
        CAPTIONS = "captions", _("Captions")
        SUMMARY = "summary", _("Summary")
        QUESTIONS = "questions", _("Questions and answers")
        HANDOUT = "handout", _("Handout")
        OTHER = "other", _("Other")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Everybody")
        REGISTERED = "registered", _("People with a confirmed place")
        ATTENDED = "attended", _("People who took part")

    event = models.ForeignKey(Event, models.CASCADE, related_name="materials", verbose_name=_("event"))
    session = models.ForeignKey(
        EventSession, models.SET_NULL, null=True, blank=True, related_name="materials", verbose_name=_("session")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=250, help_text=_("In the language of the material."))
    language = models.CharField(_("language"), max_length=10, choices=Language.choices, default="en")
    file = models.FileField(_("file"), upload_to="materials/", blank=True)
    url = models.URLField(_("or the address where it stands"), max_length=500, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True, editable=False)
    has_captions = models.BooleanField(_("with captions"), default=False)
    has_transcript = models.BooleanField(_("with a transcript"), default=False)
    visibility = models.CharField(
        _("who may have it"), max_length=10, choices=Visibility.choices, default=Visibility.REGISTERED
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")), name="events_material_one_place",
                violation_error_message=_("Put up a file or give an address: one of the two."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        refuse_foreign_session(self)


def refuse_foreign_session(row: Any) -> None:
    """ValidationError when a row of an event names a session of another one."""
    if row.session_id and row.session.event_id != row.event_id:
        raise ValidationError({"session": _("This session belongs to another event. Choose one of this event.")})
