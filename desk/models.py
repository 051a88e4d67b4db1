"""What lands on the secretariat officer's desk."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.models import MemberState, Programme


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
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    organisation = models.CharField(_("organisation"), max_length=200)
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
