"""What belongs to the running of an activity: ways in, questions sent in advance, materials."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from records.address_fields import AddressField
from records.formats.vocabulary import Language

from .activity import Activity
from .parts import Session


class JoinLink(models.Model):
    """How to enter an online event, or one session of it, at one provider or by telephone; for confirmed people only."""

    class Provider(models.TextChoices):
        ZOOM = "zoom", "Zoom"
        VOOV = "voov", _("Tencent Meeting (VooV)")
        PHONE = "phone", _("Telephone")
        OTHER = "other", _("Other")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="join_links", verbose_name=_("activity"))
    session = models.ForeignKey(
        Session, models.CASCADE, null=True, blank=True, related_name="join_links", verbose_name=_("only for the session"),
        help_text=_("None: for the whole event."),
    )  # fmt: skip
    provider = models.CharField(_("provider"), max_length=10, choices=Provider.choices)
    url = AddressField(_("address"), max_length=500, blank=True)
    meeting_number = models.CharField(_("meeting number"), max_length=40, blank=True)
    passcode = models.CharField(_("passcode"), max_length=40, blank=True)
    dial_in = models.TextField(
        _("numbers to dial in"), blank=True, help_text=_("One per line, the country before it: Mongolia +976 11 123456")
    )

    class Meta:
        verbose_name = _("join link")
        verbose_name_plural = _("join links")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(dial_in=""), name="activities_joinlink_some_way",
                violation_error_message=_("Give an address or a number to dial in."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_provider_display()

    def clean(self) -> None:
        refuse_foreign_session(self)


class AdvanceQuestionQuerySet(models.QuerySet):
    def shown(self) -> Self:
        """What trainers read."""
        return self.exclude(state=AdvanceQuestion.State.HIDDEN)

    def for_session(self, session: Session) -> Self:
        """Asked of this session, or of the whole event."""
        return self.filter(Q(session=session) | Q(session=None), activity=session.activity_id)


class AdvanceQuestion(models.Model):
    """A question that somebody registered sent before an event. Without a person nobody can tell who asked."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        ACCEPTED = "accepted", _("Accepted")
        ANSWERED = "answered", _("Answered")
        HIDDEN = "hidden", _("Hidden from the trainers")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="advance_questions", verbose_name=_("activity"))
    session = models.ForeignKey(
        Session,
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

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="materials", verbose_name=_("activity"))
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="materials", verbose_name=_("session")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=250, help_text=_("In the language of the material."))
    language = models.CharField(_("language"), max_length=10, choices=Language.choices, default="en")
    file = models.FileField(_("file"), upload_to="materials/", blank=True)
    url = AddressField(_("or the address where it stands"), max_length=500, blank=True)
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
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")), name="activities_material_one_place",
                violation_error_message=_("Put up a file or give an address: one of the two."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        refuse_foreign_session(self)


def has_recording(activity: Activity) -> bool:
    """Whether there is a recording to watch: one put up among the materials, or the address of one."""
    return bool(activity.recording_url) or activity.materials.filter(kind=Material.Kind.RECORDING).exists()


def refuse_foreign_session(row: JoinLink | Material) -> None:
    """ValidationError when a row of an activity names a session of another one."""
    if row.session and row.session.activity_id != row.activity_id:
        raise ValidationError({"session": _("This session belongs to another event. Choose one of this event.")})
