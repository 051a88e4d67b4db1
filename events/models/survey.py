"""The survey after an event: anonymous, but counted.

An answer holds no link to a person, no time and no number that rises; who has answered stands in another table, which is
written anew in random order with each answer, so that neither rows nor a copy of the database tell which belong together.
"""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.models import Mailing
from records.formats.date_formatting import moment_words
from records.formats.partial_dates import Precision

from .event import Event
from .registration import Registration


class Survey(models.Model):
    """Questions to those who took part in an event. Results are shown once it is closed."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="survey", verbose_name=_("event"))
    last_day = models.DateField(
        _("last day to answer"),
        help_text=_("Until midnight in the time zone of the event. Results are shown after it."),
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    mailing = models.ForeignKey(
        Mailing, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("mailing"), editable=False
    )
    reminders = models.PositiveSmallIntegerField(_("reminders sent"), default=0, editable=False)

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-event__starts_at", "event__slug"]

    def __str__(self) -> str:
        return str(self.event)

    def clean(self) -> None:
        """People are asked what they have seen: the last day to answer is not before the event is over."""
        if self.event_id is None or self.last_day is None:
            return
        if self.last_day < (self.event.end_day or self.event.start_day):
            day = moment_words(self.event.ends_at or self.event.starts_at, self.event.timezone, Precision.DAY)
            words = _("The event ends on %(day)s. Choose that day or a later one.") % {"day": day}
            raise ValidationError({"last_day": words}, code="before the end")


class SurveyQuestion(models.Model):
    """One question, its words in up to seven languages. An answer is kept as the number of its choice."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Short text")
        ONE = "one", _("One choice")
        MANY = "many", _("Several choices")
        SCALE = "scale", _("Scale from 1 to 5")
        YES_NO = "yes_no", _("Yes or no")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions", verbose_name=_("survey"))
    label = models.CharField(_("question"), max_length=250)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    choices = models.TextField(
        _("choices"), blank=True, help_text=_("One per line; in each language as many lines, in the same order.")
    )
    required = models.BooleanField(_("required"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of a survey")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label

    def label_in(self, language: str) -> str:
        return str(getattr(self, f"label_{language.replace('-', '_')}", "") or self.label)

    def lines_in(self, language: str) -> list[str]:
        """The choices in a language, in their order."""
        return _lines(getattr(self, f"choices_{language.replace('-', '_')}", "") or self.choices)

    def clean(self) -> None:
        has_choices = self.kind in (self.Kind.ONE, self.Kind.MANY)
        number = len(_lines(getattr(self, "choices_en", None) or self.choices))
        if has_choices and number < 2:
            raise ValidationError({"choices_en": _("Write at least two choices, one per line.")})
        for code in ("zh_hans", "ja", "ko", "mn", "ru", "kk"):
            written = _lines(getattr(self, f"choices_{code}", ""))
            if written and len(written) != number:
                raise ValidationError({f"choices_{code}": _("Write as many lines as in English, in the same order.")})


def _lines(text: Any) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


class SurveyAnswer(models.Model):
    """One answer to one question. Nothing in it says who gave it, when, or which others are by the same person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="answers", verbose_name=_("question"))
    text = models.CharField(_("text"), max_length=500, blank=True)
    choice = models.PositiveSmallIntegerField(_("number of the choice"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to a survey")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text or str(self.choice)


class SurveyAnswered(models.Model):
    """Somebody has answered, on some day: not what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answered", verbose_name=_("survey"))
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="answered_surveys", verbose_name=_("registration")
    )
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("mark that somebody has answered")
        verbose_name_plural = _("marks that somebody has answered")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["survey", "registration"], name="events_survey_answered_once")]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.day}"
