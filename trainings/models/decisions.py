"""What the secretariat has decided about applications, apart from what their people have been told."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.models import Mailing

from .applications import Application, ApplicationStep
from .calls import SeatClass, Training


class SelectionDecisionQuerySet(models.QuerySet):
    def held(self) -> Self:
        """Decided, and nobody told."""
        return self.filter(let_go_at=None, ended_at=None)

    def of_training(self, training: Training) -> Self:
        return self.filter(application__training=training)

    def seats(self) -> Self:
        """Held decisions that keep a seat for somebody who does not know it yet."""
        return self.held().filter(to_state=SelectionDecision.To.SELECTED)

    def told_by(self, mailing: Mailing) -> Self:
        """Those that a mailing has told, the latest first: in that order they are undone."""
        return self.filter(mailing=mailing, let_go_at__isnull=False, ended_at=None).order_by("-pk")


class SelectionDecision(models.Model):
    """A decision of the secretariat about one application. The state of the application is another fact: as long as the
    decision is held, the state stays as it was, for the applicant, the focal point, calendars and mails alike.

    Letting it go moves the application, writes the log and the mail, and keeps here what was before, so that all three can
    be called back while no mail has left. A decision that is taken back or replaced stays as a row that has ended.
    """

    class To(models.TextChoices):
        """Values as in `Application.State`. The last two are of seats that are taken back: never held, told at once."""

        SELECTED = "selected", _("Selected")
        RESERVE_LIST = "reserve_list", _("Reserve list")
        NOT_SELECTED = "not_selected", _("Not selected")
        DECLINED = "declined", _("Seat given back")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="decisions", verbose_name=_("application")
    )  # fmt: skip
    to_state = models.CharField(_("decision"), max_length=14, choices=To.choices)
    seat_class = models.ForeignKey(
        SeatClass, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("class of seats")
    )
    reason = models.TextField(_("reason"), blank=True)
    person_reads = models.BooleanField(_("the applicant may read the reason"), default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("decided"), default=timezone.now, editable=False)
    let_go_at = models.DateTimeField(_("let go"), null=True, blank=True, editable=False)
    mailing = models.ForeignKey(
        Mailing, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("mailing"), editable=False
    )
    step = models.ForeignKey(
        ApplicationStep, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("step"), editable=False
    )  # fmt: skip
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    ended_why = models.CharField(_("why it ended"), max_length=300, blank=True, editable=False)
    # How the application stood before it was let go.
    was_state = models.CharField(max_length=14, choices=Application.State.choices, blank=True, editable=False)
    was_class = models.ForeignKey(SeatClass, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    was_reserve_rank = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    was_endorsement_rank = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    was_answer_by = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SelectionDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(let_go_at=None, ended_at=None), name="trainings_selectiondecision_one_held",
            ),
            models.CheckConstraint(
                condition=Q(to_state__in=["selected", "reserve_list"], seat_class__isnull=False)
                | Q(to_state__in=["not_selected", "declined", "withdrawn"], seat_class=None),
                name="trainings_selectiondecision_class",
            ),
            models.CheckConstraint(
                condition=Q(let_go_at=None, was_state="") | (Q(let_go_at__isnull=False) & ~Q(was_state="")),
                name="trainings_selectiondecision_was",
            ),
            models.CheckConstraint(
                condition=Q(to_state__in=["selected", "reserve_list", "not_selected"])
                | Q(let_go_at__isnull=False)
                | Q(ended_at__isnull=False),
                name="trainings_selectiondecision_holdable",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.application}: {self.get_to_state_display()}"

    @property
    def is_held(self) -> bool:
        return self.let_go_at is None and self.ended_at is None
