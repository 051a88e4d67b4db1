"""What an officer did with places at an event, kept for as long as it can be undone."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.models import Mailing

from .event import Event


class PlaceAct(models.Model):
    """One act on one place or many, with how each of them stood before, so that it is undone as one act.

    `before` holds, by the number of the registration, its state and its moments; no name. It can be undone as long as none
    of its mails has gone out.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="place_acts", verbose_name=_("event"))
    words = models.CharField(_("what was done"), max_length=300)
    by_id = models.BigIntegerField(_("by"), null=True, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    until = models.DateTimeField(_("can be undone until"))
    mailing = models.ForeignKey(
        Mailing, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("mailing")
    )
    before = models.JSONField(_("before"), default=dict)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("act on places")
        verbose_name_plural = _("acts on places")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and timezone.now() < self.until
