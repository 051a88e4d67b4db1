"""Who was there, at an event or a training: lists as they came in, whom the names in them mean, what was corrected by hand.

Minutes are always worked out anew from all spans of all lists, so that nothing is doubled however often a list comes. The
tables of events and of trainings differ in whose they are alone; `Kept` says which ones belong to an occasion.
"""

from dataclasses import dataclass
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User

from .activity import Occasion
from .parts import Attendance


class ListOfAttendance(models.Model):
    """One attendance list that was taken over: from a provider, a sheet, or the paper that people signed."""

    class Provider(models.TextChoices):
        ZOOM = "zoom", "Zoom"
        VOOV = "voov", _("Tencent Meeting (VooV)")
        SHEET = "sheet", _("Sheet with minutes")
        SIGNED = "signed", _("Signed on site")

    provider = models.CharField(_("from"), max_length=10, choices=Provider.choices)
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    digest = models.CharField(_("digest of its rows"), max_length=64, db_collation="C", editable=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    imported_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("imported by")
    )
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        abstract = True
        verbose_name = _("attendance list")
        verbose_name_plural = _("attendance lists")
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return self.name or str(self.get_provider_display())

    @property
    def occasion(self) -> Occasion:
        """The event or training whose list it is."""
        raise NotImplementedError


class NameInListQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=NameInList.State.OPEN)

    def meaning_somebody(self) -> Self:
        return self.exclude(person=None)


class NameInList(models.Model):
    """A name or address found in lists of an occasion, and the person it means. Open ones wait for an officer."""

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        EMAIL = "email", _("By e-mail address")
        NAME = "name", _("By name")
        OFFICER = "officer", _("Decided by an officer")
        NOBODY = "nobody", _("Nobody we know")

    key = models.CharField(_("key"), max_length=300, db_collation="C", editable=False)
    name = models.CharField(_("name in the list"), max_length=250, blank=True)
    email = models.CharField(_("address in the list"), max_length=254, blank=True)
    minutes = models.PositiveIntegerField(_("minutes in the lists"), default=0)
    candidates = ArrayField(models.BigIntegerField(), verbose_name=_("candidates"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = NameInListQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("participant match")
        verbose_name_plural = _("participant matches")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "nobody"], person=None)
                | Q(state__in=["email", "name", "officer"], person__isnull=False),
                name="%(app_label)s_attendance_match_person",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def occasion(self) -> Occasion:
        """The event or training whose list it is."""
        raise NotImplementedError


class RowOfList(models.Model):
    """One row of a list: from when to when, or how many minutes of one session. `share` below 1: with gaps unknown to us."""

    joined_at = models.DateTimeField(_("came"), null=True, blank=True)
    left_at = models.DateTimeField(_("went"), null=True, blank=True)
    share = models.FloatField(_("share of that time"), default=1)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("row of an attendance list")
        verbose_name_plural = _("rows of attendance lists")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(joined_at__isnull=False, left_at__isnull=False, session=None, minutes=None)
                | Q(joined_at=None, left_at=None, session__isnull=False, minutes__isnull=False),
                name="%(app_label)s_attendance_span_one_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.match}: {self.joined_at or self.minutes}"  # type: ignore[attr-defined]


class CorrectionOfAttendance(models.Model):
    """Minutes that somebody set by hand: no list overrules them. `became` empty: the row was taken away."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    was = models.PositiveSmallIntegerField(_("minutes before"), null=True, blank=True)
    became = models.PositiveSmallIntegerField(_("minutes after"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        abstract = True
        verbose_name = _("correction of attendance")
        verbose_name_plural = _("corrections of attendance")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.was} > {self.became}"


@dataclass(frozen=True)
class Kept:
    """The tables of one kind of occasion. Its lists and names are found by `attendance_files`, `attendance_matches`."""

    attendance: type[Attendance]
    spans: type[RowOfList]
    corrections: type[CorrectionOfAttendance]


_kept: dict[type[models.Model], Kept] = {}


def keep(occasions: type[Occasion], kept: Kept) -> None:
    """Says where the attendance of events, or of trainings, is kept."""
    _kept[occasions] = kept


def kept_of(occasion: Any) -> Kept:
    return _kept[occasion._meta.concrete_model]
