"""What officers keep of the lists they work with, views and columns, and the long work that they have asked for."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 60
QUERY_LENGTH = 2000


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def for_officer(self, officer_id: int, label: str) -> QuerySet["SavedView"]:
        """Those of one list that an officer may apply: the own ones first, then what others share."""
        mine = models.Case(models.When(officer_id=officer_id, then=0), default=1, output_field=models.IntegerField())
        found = self.filter(Q(officer_id=officer_id) | Q(shared=True), label=label)
        return found.order_by(mine, "name", "pk")


class SavedView(models.Model):
    """A list as an officer wants to find it again: filter, search, order and columns under a name.

    It is the officer's alone unless it is shared with all officers. The officer is a number without a key, as in the history;
    a shared view outlives the account and belongs to nobody then.
    """

    officer_id = models.BigIntegerField(_("officer"), null=True, blank=True, db_index=True)
    label = models.CharField(_("list"), max_length=80, db_collation="C")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    slug = models.CharField(_("address"), max_length=80, db_collation="C")
    query = models.CharField(_("filter and order"), max_length=QUERY_LENGTH, blank=True)
    columns = ArrayField(models.CharField(max_length=80), verbose_name=_("columns"), default=list, blank=True)
    shared = models.BooleanField(_("for all officers"), default=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("view of a list")
        verbose_name_plural = _("views of lists")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["label", "slug"], name="record_admin_savedview_slug_once")]

    def __str__(self) -> str:
        return self.name


class ChosenColumns(models.Model):
    """The columns of a list that an officer has chosen; without a row the list shows those it has at first."""

    officer_id = models.BigIntegerField(_("officer"))
    label = models.CharField(_("list"), max_length=80, db_collation="C")
    columns = ArrayField(models.CharField(max_length=80), verbose_name=_("columns"), default=list)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("columns of a list")
        verbose_name_plural = _("columns of lists")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["officer_id", "label"], name="record_admin_chosencolumns_once")]

    def __str__(self) -> str:
        return self.label


class LongWorkQuerySet(models.QuerySet["LongWork"]):
    def open(self) -> "LongWorkQuerySet":
        """What waits for the worker, or is with it."""
        return self.filter(state__in=LongWork.OPEN)

    def readable_by(self, reader: AbstractBaseUser | AnonymousUser) -> "LongWorkQuerySet":
        """One's own; and that of others which one may do all of oneself."""
        seen = Q(officer_id=reader.pk or 0)
        asked = self.exclude(permissions=[]).order_by().values_list("permissions", flat=True).distinct()
        if isinstance(reader, PermissionsMixin):
            for one in filter(reader.has_perms, asked):
                seen |= Q(permissions=one)
        return self.filter(seen)


class LongWork(models.Model):
    """Something that takes longer than somebody wants to wait for a page: an import, a file of hundreds of pages. The worker
    does it, this row says how far it is and what came of it.

    Whoever asked for it is a number without a key, as in the history. `facts` say what is to be done, `permissions` what
    somebody else must be allowed to do to see it. Of one `once` there is never more than one that waits or runs: to ask
    twice is to ask once. A worker holds it by a lease, and by the number of the attempt: one that was taken for dead writes
    nothing any more.
    """

    class State(models.TextChoices):
        WAITS = "waits", _("Waits")
        RUNS = "runs", _("Running")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")
        FAILED = "failed", _("Stopped by an error")
        UNDONE = "undone", _("Undone")

    OPEN = (State.WAITS, State.RUNS)

    kind = models.CharField(_("kind"), max_length=60, db_collation="C")
    title = models.CharField(_("what"), max_length=250)
    officer_id = models.BigIntegerField(_("who"), db_index=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    facts = models.JSONField(_("what is to be done"), default=dict)
    permissions = ArrayField(models.CharField(max_length=100), verbose_name=_("permissions"), default=list)
    once = models.CharField(_("known by"), max_length=250, db_collation="C")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITS)
    total = models.PositiveIntegerField(_("of how many"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    left_out = models.PositiveIntegerField(_("left out"), default=0)
    remarks = models.JSONField(_("what is wrong"), default=list)
    outcome = models.TextField(_("what came of it"), blank=True)
    ways = models.JSONField(_("ways from here"), default=list)
    file = models.CharField(_("file"), max_length=250, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=250, blank=True)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    lease_until = models.DateTimeField(_("taken until"), null=True)
    stop_asked_at = models.DateTimeField(_("asked to stop"), null=True)
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True, db_index=True)
    begun_at = models.DateTimeField(_("begun"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = LongWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("long work")
        verbose_name_plural = _("long work")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["once"], condition=Q(state__in=["waits", "runs"]), name="record_admin_longwork_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waits", "runs"], ended_at=None)
                | (~Q(state__in=["waits", "runs"]) & ~Q(ended_at=None)),
                name="record_admin_longwork_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.title
