"""The form of a call, and a person's way through the selection."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from geoparks.models import Geopark
from network.models import MemberState
from reserves.models import BiosphereReserve

from .calls import SeatClass, Training


class Question(models.Model):
    """A question of the application form, or of the follow-up form for selected people only."""

    class Kind(models.TextChoices):
        SHORT = "short", _("Short text")
        LONG = "long", _("Long text")
        ONE = "one", _("One choice")
        MANY = "many", _("Several choices")
        YES_NO = "yes_no", _("Yes or no")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        FILE = "file", _("File")

    training = models.ForeignKey(Training, models.CASCADE, related_name="questions", verbose_name=_("training"))
    code = models.SlugField(_("code"), max_length=40, db_collation="C")
    label = models.CharField(_("question"), max_length=250)
    help = models.CharField(_("help"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    choices = models.JSONField(_("choices: code and label"), default=list, blank=True)
    required = models.BooleanField(_("required"), default=False)
    only_if = models.JSONField(_("only if: code of a question and its answer"), null=True, blank=True)
    follow_up = models.BooleanField(_("for selected people only"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["training", "code"], name="trainings_question_once")]

    def __str__(self) -> str:
        return self.label


class Application(models.Model):
    """A person's way through a training's selection. Moved only by acts; every step is kept in the log."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        ENDORSED = "endorsed", _("Endorsed by the focal point")
        NOT_ENDORSED = "not_endorsed", _("Not endorsed")
        SHORTLISTED = "shortlisted", _("Shortlisted")
        SELECTED = "selected", _("Selected")
        NOT_SELECTED = "not_selected", _("Not selected")
        RESERVE_LIST = "reserve_list", _("On the reserve list")
        CONFIRMED = "confirmed", _("Confirmed by the applicant")
        DECLINED = "declined", _("Declined by the applicant")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ATTENDED = "attended", _("Attended")
        NO_SHOW = "no_show", _("Did not come")
        COMPLETED = "completed", _("Completed")

    training = models.ForeignKey(Training, models.PROTECT, related_name="applications", verbose_name=_("training"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="applications", verbose_name=_("person"))
    reference = models.CharField(_("reference"), max_length=20, unique=True, db_collation="C")
    state = models.CharField(_("state"), max_length=14, choices=State.choices, default=State.DRAFT)
    member_state = models.ForeignKey(
        MemberState, models.PROTECT, related_name="applications", verbose_name=_("member state")
    )
    seat_class = models.ForeignKey(
        SeatClass, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("class of seats")
    )
    reserve = models.ForeignKey(
        BiosphereReserve, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("biosphere reserve")
    )
    geopark = models.ForeignKey(
        Geopark, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("geopark")
    )
    answers = models.JSONField(_("answers by code of the question"), default=dict, blank=True)
    nominated_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="nominations", verbose_name=_("nominated by")
    )
    endorsement_rank = models.PositiveSmallIntegerField(_("rank given by the focal point"), null=True, blank=True)
    reserve_rank = models.PositiveSmallIntegerField(_("rank on the reserve list"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "person"], condition=~Q(state="withdrawn"), name="trainings_application_once",
                violation_error_message=_("The person has applied for this training already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False), name="trainings_application_submitted_at"
            ),
            models.CheckConstraint(
                condition=~Q(state="reserve_list") | Q(reserve_rank__isnull=False), name="trainings_application_reserve_rank"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference


class ApplicationStep(models.Model):
    """One decision about an application: from where to where, who, when and why."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps", verbose_name=_("application"))
    from_state = models.CharField(_("from"), max_length=14, choices=Application.State.choices, blank=True)
    to_state = models.CharField(_("to"), max_length=14, choices=Application.State.choices)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_to_state_display()}"
