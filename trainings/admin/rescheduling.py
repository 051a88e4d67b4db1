"""The officer's way to move, cancel and reopen a training, and to extend its deadline."""

from typing import ClassVar, Final, Unpack

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from activities.rescheduling.admin import (
    Act,
    ActivityActsMixin,
    can_move,
    can_reopen,
    is_draft,
    is_over,
    reason_form,
    told_of_announcing,
)
from activities.rescheduling.along import Follower
from activities.rescheduling.forms import WHY, MoveForm
from activities.rescheduling.when import When
from activities.timezones.wall_clock import WallClockField, WallClockForm
from record_admin.fieldsets import Fieldsets
from records.formats.date_formatting import on_clock
from records.template_context import Cleaned, Files, Posted, RecordFormOptions

from ..models import Training
from ..workflow import rescheduling


class MoveTrainingForm(MoveForm):
    def moving(self, to: When | None) -> list[Follower]:
        return rescheduling.followers(self.before, to)

    def refuse(self) -> None:
        super().refuse()
        rescheduling.refuse_deadline(training=self.before, to=self.when, along=self.moves_along)

    class Meta(MoveForm.Meta):
        model = Training


class ExtendForm(WallClockForm):
    """Until when people may apply now, on the clocks of the rule."""

    clocks: ClassVar[dict[str, str]] = {"nominations_close_at": "deadline_zone"}
    nominations_close_at = WallClockField(
        label=_("New deadline"), help_text=_("On the clocks of the zone of the deadline.")
    )
    reason = forms.CharField(label=_("Why"), max_length=300, required=False, help_text=WHY)

    class Meta:
        model = Training
        fields = ("nominations_close_at", "deadline_zone")

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["deadline_zone"].disabled = True  # the zone of a rule that was published stays

    def clean(self) -> Cleaned:
        data = super().clean()
        if not self.errors:
            try:
                rescheduling.refuse_extension(
                    training=Training.objects.get(pk=self.instance.pk), to=data["nominations_close_at"]
                )
            except ValidationError as refused:
                self.add_error("nominations_close_at", refused)
        return data


DEADLINE: Final = ("nominations_close_at", "deadline_zone")


def can_extend(training: Training) -> bool:
    return bool(training.status == Training.Status.ANNOUNCED and training.nominations_close_at)


class MovableMixin(ActivityActsMixin):
    acts: ClassVar[dict[str, Act]] = {
        "extend": Act(
            _("Extend the deadline"), lambda data, training: ExtendForm(data, instance=training),
            lambda pk, form, by: rescheduling.extend_deadline(
                training=Training(pk=pk), to=form.cleaned_data["nominations_close_at"], reason=form.cleaned_data["reason"], by=by
            ),
            can_extend,
        ),
        "announce": Act(
            _("Announce"), None, lambda pk, form, by: rescheduling.announce(training=Training(pk=pk)), is_draft,
            explains=told_of_announcing,
        ),
        "held": Act(
            _("Say that it was held"), None, lambda pk, form, by: rescheduling.hold(training=Training(pk=pk)), is_over,
        ),
        "move": Act(
            _("Move or postpone"), lambda data, training: MoveTrainingForm(data, instance=training),
            lambda pk, form, by: rescheduling.move(
                training=Training(pk=pk), to=form.when, reason=form.cleaned_data["reason"], along=form.moves_along, by=by
            ),
            can_move,
        ),
        "cancel": Act(
            _("Cancel the training"), reason_form,
            lambda pk, form, by: rescheduling.cancel(training=Training(pk=pk), reason=form.cleaned_data["reason"], by=by), can_move,
        ),
        "reopen": Act(
            _("Let it take place after all"), reason_form,
            lambda pk, form, by: rescheduling.reopen(training=Training(pk=pk), reason=form.cleaned_data["reason"], by=by), can_reopen,
        ),
    }  # fmt: skip

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Fieldsets:
        """A deadline that was published stands there in words: only the act extends it, and keeps the trace."""
        fieldsets = super().get_fieldsets(request, obj)
        if not (isinstance(obj, Training) and self.has_public_deadline(obj)):
            return fieldsets
        return [
            (title, {**options, "fields": ["deadline" if row == DEADLINE else row for row in options["fields"]]})
            for title, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str] | tuple[str, ...]:
        fixed = ["deadline", *DEADLINE] if isinstance(obj, Training) and self.has_public_deadline(obj) else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_public_deadline(self, training: Training) -> bool:
        """As the record came from the database: a form that is sent back has written what was typed into it meanwhile."""
        if "had_public_deadline" not in vars(training):
            training.had_public_deadline = bool(training.published and can_extend(training))  # type: ignore[attr-defined]
        return bool(training.had_public_deadline)  # type: ignore[attr-defined]

    @admin.display(description=_("nominations close"))
    def deadline(self, training: Training) -> str:
        closes = training.nominations_close_at and on_clock(training.nominations_close_at, training.deadline_zone)
        return f"{closes.days}, {closes.hours}, {closes.zone}" if closes else ""
