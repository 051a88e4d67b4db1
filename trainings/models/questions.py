"""The form of a call: its questions, and those for selected people only."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .calls import Training


class CallForm(Training):
    """The form of a call as the officer builds it: a room of its own in the admin, no table."""

    class Meta:
        proxy = True
        verbose_name = _("application form")
        verbose_name_plural = _("application forms")


class Question(models.Model):
    """A question of the application form, or of the follow-up form for selected people only.

    `choices` holds one entry for each choice, `{"code": "lake", "label": {"en": "A lake", "ru": "Озеро"}}`; `only_if` is
    `{"question": code, "answer": code of a choice, true or false}` or None. Answers are kept under `code`.
    """

    class Kind(models.TextChoices):
        SHORT = "short", _("Short text")
        LONG = "long", _("Long text")
        ONE = "one", _("One choice")
        MANY = "many", _("Several choices")
        YES_NO = "yes_no", _("Yes or no")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        FILE = "file", _("File")

    CHOSEN = (Kind.ONE, Kind.MANY)
    DECIDING = (Kind.ONE, Kind.MANY, Kind.YES_NO)  # whose answers another question may depend on

    training = models.ForeignKey(Training, models.CASCADE, related_name="questions", verbose_name=_("training"))
    code = models.SlugField(
        _("code"), max_length=40, db_collation="C",
        help_text=_("A short name for tables, in small Latin letters: “experience”. It stays once somebody has answered."),
    )  # fmt: skip
    label = models.CharField(_("question"), max_length=250)
    help = models.CharField(_("help"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    least = models.DecimalField(_("at least"), max_digits=15, decimal_places=4, null=True, blank=True)
    most = models.DecimalField(_("at most"), max_digits=15, decimal_places=4, null=True, blank=True)
    required = models.BooleanField(_("required"), default=False)
    only_if = models.JSONField(_("only if"), null=True, blank=True)
    follow_up = models.BooleanField(_("for selected people only"), default=False)
    asked = models.BooleanField(
        _("asked"), default=True,
        help_text=_("Without it the question is no longer asked; answers already given stay and are still shown."),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["training", "code"], name="trainings_question_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["one", "many"]) | Q(choices=[]), name="trainings_question_choices",
                violation_error_message=_("Only questions with one or several choices have choices."),
            ),
            models.CheckConstraint(
                condition=Q(kind="number") | Q(least=None, most=None), name="trainings_question_limits_of_number",
                violation_error_message=_("Only a number has a least and a greatest value."),
            ),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lte=F("most")), name="trainings_question_limits",
                violation_error_message=_("The least value is greater than the greatest."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label

    @property
    def codes(self) -> list[str]:
        """The codes of the choices, in their order."""
        return [str(choice["code"]) for choice in self.choices]

    @property
    def condition(self) -> tuple[str, object] | None:
        """Code of the question it depends on, and the answer that opens it."""
        return (self.only_if["question"], self.only_if["answer"]) if self.only_if else None
