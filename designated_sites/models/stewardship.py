"""Who looks after a site's record, and what they propose."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User

from .sites import DesignatedSite


class StewardshipQuerySet(models.QuerySet):
    def held_today(self) -> Self:
        """First and last day count, where they are given."""
        today = timezone.localdate()
        return self.filter(Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today))

    def of_type(self, site_type: str) -> Self:
        """Of the sites of one type."""
        return self.filter(site__site_type=site_type)


class Stewardship(models.Model):
    """A person who looks after a site and its record here: may propose and confirm, never edit directly."""

    site = models.ForeignKey(DesignatedSite, models.CASCADE, related_name="stewards", verbose_name=_("site"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="stewardships", verbose_name=_("steward"))
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = StewardshipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("steward")
        verbose_name_plural = _("stewards")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "person"], condition=Q(until=None), name="designated_sites_stewardship_once",
                violation_error_message=_("The person is steward of this site already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.person)


class LinkedSite(models.Model):
    """A site a person has to do with, by their own word: it gives no right."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="site_links", verbose_name=_("person"))
    site = models.ForeignKey(DesignatedSite, models.CASCADE, related_name="linked_by", verbose_name=_("site"))
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("site of a person")
        verbose_name_plural = _("sites of persons")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "site"], name="designated_sites_linkedsite_once")]

    def __str__(self) -> str:
        return str(self.site)


class ProposalQuerySet(models.QuerySet):
    """Reads of proposals, of all types of site unless one is asked for."""

    def of_type(self, site_type: str) -> Self:
        """For sites of one type."""
        return self.filter(site__site_type=site_type)

    def open(self) -> Self:
        """Sent, and waiting for an officer to decide at least one of their facts."""
        return self.filter(state=SiteProposal.State.OPEN)

    def unfinished(self) -> Self:
        """Written or sent, and not over: of these a person has at most one for a site."""
        return self.filter(state__in=SiteProposal.UNFINISHED)

    def of(self, person: Person) -> Self:
        """Those a person has written."""
        return self.filter(proposer=person)


class SiteProposal(models.Model):
    """A change to a site's facts proposed by a steward or focal point; the live record stays until an officer decides.

    `base` holds the values the proposer saw, `changes` the values proposed, both by the name of the fact and as JSON keeps
    it. `decisions` holds, by the same names, what was decided: accepted, reason, by (number of the user), at, and was, the
    value of the record at that moment.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Waiting for a decision")
        DECIDED = "decided", _("Decided")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    UNFINISHED: ClassVar[tuple[str, ...]] = ("draft", "open")

    site = models.ForeignKey(DesignatedSite, models.CASCADE, related_name="proposals", verbose_name=_("site"))
    proposer = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="site_proposals", verbose_name=_("proposed by")
    )
    base = models.JSONField(_("values seen"))
    changes = models.JSONField(_("values proposed"))
    decisions = models.JSONField(_("decisions by field"), default=dict, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "proposer"], condition=Q(state__in=("draft", "open")),
                name="designated_sites_siteproposal_one_at_a_time",
                violation_error_message=_("A proposal of yours for this site waits already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_state_display()}"

    @property
    def undecided(self) -> list[str]:
        """The facts nobody has decided yet."""
        return [name for name in self.changes if name not in self.decisions]
