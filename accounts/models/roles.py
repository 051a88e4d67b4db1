"""The roles persons hold, and those they ask for."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models import MemberState
from records.scope import Scope

from .person import Person
from .user import User


class RoleQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(withdrawn_at=None)


class RoleGrant(models.Model):
    """A role a person holds, who gave it, and until when. Stewardship of single sites is kept with the sites."""

    class Role(models.TextChoices):
        SECRETARIAT = "secretariat", _("Secretariat officer")
        FOCAL_POINT = "focal_point", _("National focal point")
        TRAINER = "trainer", _("Trainer")

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    member_state = models.ForeignKey(
        MemberState, models.PROTECT, null=True, blank=True, related_name="role_grants", verbose_name=_("member state")
    )
    granted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role="focal_point", member_state__isnull=False)
                | (~Q(role="focal_point") & Q(member_state__isnull=True)),
                name="accounts_rolegrant_state_of_focal_point",
                violation_error_message=_("A focal point belongs to a member state; other roles do not."),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "member_state"], condition=Q(withdrawn_at=None), nulls_distinct=False,
                name="accounts_rolegrant_once", violation_error_message=_("The person holds this role already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class RoleRequestQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(state=RoleRequest.State.ASKED)

    def in_scope(self, scope: Scope) -> Self:
        """Requests one may decide: a focal point those that name an own state, an officer all."""
        return self if scope.all else self.filter(state_codes__overlap=sorted(scope.states))

    def with_names(self) -> Self:
        return self.select_related("person__member_state", "member_state", "decided_by")


class RoleRequest(models.Model):
    """Somebody asks for a role, and how it was decided. Moved only by the acts of `role_requests`.

    `state_codes` are the states whose focal points may decide besides the officers: those of the site, or the one of a
    person who wants to be trainer. Nobody but an officer makes a focal point.

    `site_id` is a key in the database, made by the migrations of the sites, which are a floor above: a request goes when its
    site is deleted, and goes over to the record that is kept when two are merged.
    """

    class Role(models.TextChoices):
        FOCAL_POINT = "focal_point", _("Focal point of a member state")
        STEWARD = "steward", _("Steward of a site")
        TRAINER = "trainer", _("Trainer")

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for a decision")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        TAKEN_BACK = "taken_back", _("Taken back")

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_requests", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    member_state = models.ForeignKey(
        MemberState, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("member state")
    )
    site_id = models.BigIntegerField(_("site"), null=True, blank=True)
    state_codes = ArrayField(
        models.CharField(max_length=2, db_collation="C"),
        verbose_name=_("states that may decide"),
        default=list,
        blank=True,
    )
    message = models.TextField(_("why"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    reason = models.CharField(_("reason of the decision"), max_length=300, blank=True)

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a role")
        verbose_name_plural = _("requests for roles")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role="focal_point", member_state__isnull=False, site_id=None)
                | Q(role="steward", member_state=None, site_id__isnull=False)
                | Q(role="trainer", member_state=None, site_id=None),
                name="accounts_rolerequest_of_what",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None) | (~Q(state="asked") & Q(decided_at__isnull=False)),
                name="accounts_rolerequest_decided_at",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="accounts_rolerequest_why_refused"),
            models.UniqueConstraint(
                fields=["person", "role", "member_state", "site_id"], condition=Q(state="asked"),
                nulls_distinct=False, name="accounts_rolerequest_once",
                violation_error_message=_("You have asked for this role already. It waits for a decision."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
