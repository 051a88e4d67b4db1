"""Who was there: files as they came in, whom the names in them mean, and what was corrected by hand.

Minutes are always worked out anew from all spans of all files, so that nothing is doubled however often a file comes.
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User

from .event import Event, EventSession


class AttendanceFile(models.Model):
    """One list of attendance that was taken over: from a provider, a sheet, or the paper that people signed."""

    class Provider(models.TextChoices):
        ZOOM = "zoom", "Zoom"
        VOOV = "voov", _("Tencent Meeting (VooV)")
        SHEET = "sheet", _("Sheet with minutes")
        SIGNED = "signed", _("Signed on site")

    event = models.ForeignKey(Event, models.CASCADE, related_name="attendance_files", verbose_name=_("event"))
    provider = models.CharField(_("from"), max_length=10, choices=Provider.choices)
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    digest = models.CharField(_("digest of its rows"), max_length=64, db_collation="C", editable=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    imported_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("imported by")
    )
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("list of attendance")
        verbose_name_plural = _("lists of attendance")
        ordering = ["-imported_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["event", "digest"], name="events_attendance_file_once")]

    def __str__(self) -> str:
        return self.name or str(self.get_provider_display())


class AttendanceMatchQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=AttendanceMatch.State.OPEN)

    def meaning_somebody(self) -> Self:
        return self.exclude(person=None)


class AttendanceMatch(models.Model):
    """A name or address found in lists of an event, and the person it means. Open ones wait for an officer."""

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        EMAIL = "email", _("By e-mail address")
        NAME = "name", _("By name")
        OFFICER = "officer", _("Decided by an officer")
        NOBODY = "nobody", _("Nobody we know")

    event = models.ForeignKey(Event, models.CASCADE, related_name="attendance_matches", verbose_name=_("event"))
    key = models.CharField(_("key"), max_length=300, db_collation="C", editable=False)
    name = models.CharField(_("name in the list"), max_length=250, blank=True)
    email = models.CharField(_("address in the list"), max_length=254, blank=True)
    minutes = models.PositiveIntegerField(_("minutes in the lists"), default=0)
    candidates = ArrayField(models.BigIntegerField(), verbose_name=_("candidates"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="attendance_matches", verbose_name=_("person")
    )
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = AttendanceMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("name in a list of attendance")
        verbose_name_plural = _("names in lists of attendance")
        ordering = ["event", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], name="events_attendance_match_once"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "nobody"], person=None)
                | Q(state__in=["email", "name", "officer"], person__isnull=False),
                name="events_attendance_match_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class AttendanceSpan(models.Model):
    """One row of a list: from when to when, or how many minutes of one session. `share` below 1: with gaps unknown to us."""

    file = models.ForeignKey(AttendanceFile, models.CASCADE, related_name="spans", verbose_name=_("list"))
    match = models.ForeignKey(AttendanceMatch, models.CASCADE, related_name="spans", verbose_name=_("name"))
    joined_at = models.DateTimeField(_("came"), null=True, blank=True)
    left_at = models.DateTimeField(_("went"), null=True, blank=True)
    share = models.FloatField(_("share of that time"), default=1)
    session = models.ForeignKey(
        EventSession, models.CASCADE, null=True, blank=True, related_name="attendance_spans", verbose_name=_("session")
    )
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)

    class Meta:
        verbose_name = _("row of a list of attendance")
        verbose_name_plural = _("rows of lists of attendance")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(joined_at__isnull=False, left_at__isnull=False, session=None, minutes=None)
                | Q(joined_at=None, left_at=None, session__isnull=False, minutes__isnull=False),
                name="events_attendance_span_one_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.match}: {self.joined_at or self.minutes}"


class AttendanceCorrection(models.Model):
    """Minutes that an officer set by hand: no list overrules them. `became` empty: the row was taken away."""

    session = models.ForeignKey(
        EventSession, models.CASCADE, related_name="attendance_corrections", verbose_name=_("session")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="attendance_corrections", verbose_name=_("person"))
    was = models.PositiveSmallIntegerField(_("minutes before"), null=True, blank=True)
    became = models.PositiveSmallIntegerField(_("minutes after"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("correction of attendance")
        verbose_name_plural = _("corrections of attendance")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.was} > {self.became}"
