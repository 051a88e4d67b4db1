"""A person's way through the selection."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Deferrable, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from designated_sites.models import DesignatedSite
from network.models import MemberState
from records.scope import Scope

from .calls import SeatClass, Training


class ApplicationQuerySet(models.QuerySet):
    def in_scope(self, scope: Scope) -> Self:
        """Applications of the member states one answers for, without drafts: those are their writers' own."""
        sent = self.exclude(state=Application.State.DRAFT)
        return sent if scope.all else sent.filter(member_state__in=scope.states)

    def of(self, person: Person) -> Self:
        return self.filter(person=person)

    def drafts_for(self, scope: Scope) -> Self:
        """Drafts that a focal point of the state has begun for somebody: theirs to finish, beside the person's own."""
        begun = self.filter(state=Application.State.DRAFT, nominated_by__isnull=False)
        return begun.filter(member_state__in=scope.states)

    def under_way(self) -> Self:
        """The latest one first; what was withdrawn does not count."""
        return self.exclude(state=Application.State.WITHDRAWN).order_by("-created_at", "-pk")

    def active(self) -> Self:
        """Sent, and neither withdrawn nor declined."""
        return self.exclude(state__in=[Application.State.DRAFT, *Application.GIVEN_UP])

    def holding(self) -> Self:
        """Those whose seat nobody else can have."""
        return self.filter(state__in=Application.HOLDING)

    def reserve_list(self, seat_class: SeatClass) -> Self:
        """Who comes next in a class, best first."""
        return self.filter(state=Application.State.RESERVE_LIST, seat_class=seat_class).order_by("reserve_rank", "pk")

    def undecided(self) -> Self:
        """Without a decision that is held."""
        return self.exclude(pk__in=Application.objects.with_held_decision().values("pk"))

    def with_held_decision(self) -> Self:
        """Decided about, and not told yet."""
        return self.filter(decisions__isnull=False, decisions__let_go_at=None, decisions__ended_at=None)

    def to_select(self, now: dt.datetime) -> Self:
        """Of calls that have closed and trainings that have not begun: those the secretariat may decide on."""
        open_to_all = Q(training__endorsement_required=False)
        return self._of_coming(now).undecided().filter(
            Q(endorsed=True) | open_to_all, training__nominations_close_at__lte=now, state__in=Application.STILL_OPEN
        )  # fmt: skip

    def to_be_told(self, now: dt.datetime) -> Self:
        """Of trainings to come: those whose decision is held, so that nobody knows of it yet."""
        return self._of_coming(now).with_held_decision()

    def unendorsed_near_deadline(self, now: dt.datetime) -> Self:
        """No focal point has spoken yet, and the call wants it; nominations close within a week, or have closed."""
        return self._of_coming(now).filter(
            state=Application.State.SUBMITTED, endorsed=None, training__endorsement_required=True,
            training__nominations_close_at__lte=now + dt.timedelta(days=7),
        )  # fmt: skip

    def _of_coming(self, now: dt.datetime) -> Self:
        return self.exclude(training__status=Training.Status.CANCELLED).filter(training__starts_at__gt=now)

    def overdue(self, now: dt.datetime) -> Self:
        """Selected, and the time to confirm is over."""
        return self.filter(state=Application.State.SELECTED, answer_by__lte=now)

    def without_presentation(self) -> Self:
        """Those of whom their training asks a presentation that they have not uploaded."""
        return self.filter(training__asks_presentation=True).exclude(files__purpose="presentation")

    def with_readers(self) -> Self:
        """With the persons, and who receives their mail."""
        return self.select_related("person__care_of").order_by("pk")


class Application(models.Model):
    """A person's way through a training's selection. Moved only by the acts of `progress`; every step is kept in the log."""

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

    GIVEN_UP = (State.DECLINED, State.WITHDRAWN)
    STILL_OPEN = (State.SUBMITTED, State.ENDORSED, State.NOT_ENDORSED, State.SHORTLISTED)
    HOLDING = (State.SELECTED, State.CONFIRMED, State.ATTENDED, State.NO_SHOW, State.COMPLETED)

    training = models.ForeignKey(Training, models.PROTECT, related_name="applications", verbose_name=_("training"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="applications", verbose_name=_("person"))
    reference = models.CharField(_("reference"), max_length=20, unique=True, db_collation="C")
    state = models.CharField(_("state"), max_length=14, choices=State.choices, default=State.DRAFT)
    member_state = models.ForeignKey(
        MemberState, models.PROTECT, related_name="applications", verbose_name=_("member state")
    )
    wanted_class = models.ForeignKey(
        SeatClass, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("class of seats applied for")
    )
    seat_class = models.ForeignKey(
        SeatClass, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("class of seats"),
        help_text=_("The class in which a seat was given, or on whose reserve list the application stands."),
    )  # fmt: skip
    site = models.ForeignKey(
        DesignatedSite, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("site")
    )  # the person works for it
    answers = models.JSONField(_("answers by code of the question"), default=dict, blank=True)
    follow_up = models.JSONField(_("answers of the follow-up form"), default=dict, blank=True)
    follow_up_at = models.DateTimeField(_("follow-up form sent"), null=True, blank=True)
    may_be_listed = models.BooleanField(
        _("may stand on the list of participants"), null=True, blank=True,
        help_text=_("Empty: not asked yet."),
    )  # fmt: skip
    nominated_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="nominations", verbose_name=_("nominated by")
    )
    # What the focal point has said, whatever became of the application since.
    endorsed = models.BooleanField(_("endorsed by the focal point"), null=True, blank=True)
    endorsement_rank = models.PositiveSmallIntegerField(_("rank given by the focal point"), null=True, blank=True)
    reserve_rank = models.PositiveSmallIntegerField(_("rank on the reserve list"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    answer_by = models.DateTimeField(_("to confirm until"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    # Rises with every change: whoever decides on what has changed meanwhile is told so.
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    objects = ApplicationQuerySet.as_manager()

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
                condition=~Q(state="reserve_list") | Q(reserve_rank__isnull=False, seat_class__isnull=False),
                name="trainings_application_reserve_rank",
            ),
            models.CheckConstraint(
                condition=~Q(state="selected") | Q(answer_by__isnull=False), name="trainings_application_answer_by"
            ),
            # Deferrable, so that a list can be put into another order row by row.
            models.UniqueConstraint(
                fields=["seat_class", "reserve_rank"], deferrable=Deferrable.DEFERRED, name="trainings_application_reserve_rank_once"
            ),
            models.UniqueConstraint(
                fields=["training", "member_state", "endorsement_rank"], deferrable=Deferrable.DEFERRED,
                name="trainings_application_endorsement_rank_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["training", "state"], name="application_selection")]

    def __str__(self) -> str:
        return self.reference

    @property
    def as_seen(self) -> str:
        """Key and version, for a form that says what was seen."""
        return f"{self.pk}:{self.version}"

    @property
    def is_active(self) -> bool:
        return self.state not in (self.State.DRAFT, *self.GIVEN_UP)


class ApplicationStep(models.Model):
    """One decision about an application: from where to where, who, when and why. No step is ever changed.

    A step from a state to the same one is a note: why somebody was passed over, that an answer was changed.
    """

    class For(models.TextChoices):
        """Whom the reason concerns. That the step was taken, and when, each of them may see."""

        PERSON = "person", _("Applicant, focal point and secretariat")
        STATE = "state", _("Focal point and secretariat")
        OFFICE = "office", _("Secretariat alone")

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps", verbose_name=_("application"))
    from_state = models.CharField(_("from"), max_length=14, choices=Application.State.choices, blank=True)
    to_state = models.CharField(_("to"), max_length=14, choices=Application.State.choices)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    reason = models.TextField(_("reason"), blank=True)
    reason_for = models.CharField(_("who reads the reason"), max_length=6, choices=For.choices, default=For.PERSON)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_to_state_display()}"


class ApplicationScore(models.Model):
    """What one officer thinks of an application, from 1 (weak) to 5 (excellent). Each officer has one."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="scores", verbose_name=_("application"))
    officer = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("officer"))
    points = models.PositiveSmallIntegerField(_("points"), help_text=_("From 1 (weak) to 5 (excellent)."))
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "officer"], name="trainings_applicationscore_once"),
            models.CheckConstraint(condition=Q(points__range=(1, 5)), name="trainings_applicationscore_points"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.points}"
