"""Who was there, at an event or a training: lists as they came in, whom the names in them mean, what was corrected by hand.

Minutes are always worked out anew from all spans of all lists, so that nothing is doubled however often a list comes.
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User

from .activity import Activity
from .parts import Session


class Attendance(models.Model):
    """How long a person was present in a session, summed over reconnections."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendance", verbose_name=_("session"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="attendance", verbose_name=_("person"))
    minutes = models.PositiveSmallIntegerField(_("minutes present"), validators=[MinValueValidator(0)])
    source = models.CharField(_("recorded from"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="activities_attendance_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.minutes}"


class AttendanceFile(models.Model):
    """One attendance list that was taken over: from a provider, a sheet, or the paper that people signed."""

    class Provider(models.TextChoices):
        ZOOM = "zoom", "Zoom"
        VOOV = "voov", _("Tencent Meeting (VooV)")
        TEAMS = "teams", "Microsoft Teams"
        MEET = "meet", "Google Meet"
        SHEET = "sheet", _("Sheet with minutes")
        SIGNED = "signed", _("Signed on site")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendance_files", verbose_name=_("activity"))
    provider = models.CharField(_("from"), max_length=10, choices=Provider.choices)
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    digest = models.CharField(_("digest of its rows"), max_length=64, db_collation="C", editable=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    imported_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("imported by")
    )
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("attendance list")
        verbose_name_plural = _("attendance lists")
        ordering = ["-imported_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "digest"], name="activities_attendancefile_once")]

    def __str__(self) -> str:
        return self.name or str(self.get_provider_display())


class AttendanceMatchQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=AttendanceMatch.State.OPEN)

    def meaning_somebody(self) -> Self:
        return self.exclude(person=None)


class AttendanceMatch(models.Model):
    """A name or address found in lists of an activity, and the person it means. Open ones wait for an officer."""

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        EMAIL = "email", _("By e-mail address")
        NAME = "name", _("By name")
        OFFICER = "officer", _("Decided by an officer")
        NOBODY = "nobody", _("Nobody we know")

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="attendance_matches", verbose_name=_("activity")
    )
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

    objects = AttendanceMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant match")
        verbose_name_plural = _("participant matches")
        ordering = ["activity", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "key"], name="activities_attendancematch_once"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "nobody"], person=None)
                | Q(state__in=["email", "name", "officer"], person__isnull=False),
                name="activities_attendancematch_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class AttendanceSpan(models.Model):
    """One row of a list: from when to when, or how many minutes of one session. `share` below 1: with gaps unknown to us."""

    file = models.ForeignKey(AttendanceFile, models.CASCADE, related_name="spans", verbose_name=_("list"))
    match = models.ForeignKey(AttendanceMatch, models.CASCADE, related_name="spans", verbose_name=_("name"))
    session = models.ForeignKey(
        Session, models.CASCADE, null=True, blank=True, related_name="attendance_spans", verbose_name=_("session")
    )
    joined_at = models.DateTimeField(_("came"), null=True, blank=True)
    left_at = models.DateTimeField(_("went"), null=True, blank=True)
    share = models.FloatField(_("share of that time"), default=1)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)

    class Meta:
        verbose_name = _("row of an attendance list")
        verbose_name_plural = _("rows of attendance lists")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(joined_at__isnull=False, left_at__isnull=False, session=None, minutes=None)
                | Q(joined_at=None, left_at=None, session__isnull=False, minutes__isnull=False),
                name="activities_attendancespan_one_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.match}: {self.joined_at or self.minutes}"


class AttendanceCorrection(models.Model):
    """Minutes that somebody set by hand: no list overrules them. `became` empty: the row was taken away."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="attendance_corrections", verbose_name=_("session")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    was = models.PositiveSmallIntegerField(_("minutes before"), null=True, blank=True)
    became = models.PositiveSmallIntegerField(_("minutes after"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("attendance correction")
        verbose_name_plural = _("attendance corrections")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.was} > {self.became}"
