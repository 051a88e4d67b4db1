"""The officer's way to move, cancel and reopen an event: what changes, who is told, and only then the act."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from activities.models import Activity
from activities.rescheduling.admin import (
    Act,
    ActivityActsMixin,
    StatusByActMixin,
    can_move,
    can_reopen,
    is_draft,
    is_over,
    reason_form,
    told_of_announcing,
)
from activities.rescheduling.along import Follower
from activities.rescheduling.forms import MoveForm
from activities.rescheduling.when import When
from records.template_context import Cleaned

from ..models import Event
from ..places.capacity import Presence
from ..registration import rescheduling
from ..registration.waiting_list import refuse_capacity


class MoveEventForm(MoveForm):
    def moving(self, to: When | None) -> list[Follower]:
        return rescheduling.followers(self.before, to)

    class Meta(MoveForm.Meta):
        model = Event


class MovableMixin(ActivityActsMixin):
    """The acts that move, cancel and reopen an event. With people registered its time is fixed whatever its status."""

    acts: ClassVar[dict[str, Act]] = {
        "announce": Act(
            gettext_lazy("Announce"), None, lambda pk, form, by: rescheduling.announce(event=Event(pk=pk)), is_draft,
            explains=told_of_announcing,
        ),
        "held": Act(
            gettext_lazy("Say that it was held"), None, lambda pk, form, by: rescheduling.hold(event=Event(pk=pk)), is_over,
        ),
        "move": Act(
            gettext_lazy("Move or postpone"), lambda data, event: MoveEventForm(data, instance=event),
            lambda pk, form, by: rescheduling.move(event=Event(pk=pk), to=form.when, reason=form.cleaned_data["reason"], along=form.moves_along, by=by),
            can_move,
        ),
        "cancel": Act(
            gettext_lazy("Cancel the event"), reason_form,
            lambda pk, form, by: rescheduling.cancel(event=Event(pk=pk), reason=form.cleaned_data["reason"], by=by), can_move,
        ),
        "reopen": Act(
            gettext_lazy("Let it take place after all"), reason_form,
            lambda pk, form, by: rescheduling.reopen(event=Event(pk=pk), reason=form.cleaned_data["reason"], by=by), can_reopen,
        ),
    }  # fmt: skip

    def is_fixed(self, activity: Activity) -> bool:
        return super().is_fixed(activity) or self._has_people(activity)

    def _has_people(self, event: Any) -> bool:
        """Asked several times for one page."""
        if not hasattr(event, "has_people"):
            event.has_people = event.registrations.active().exists()
        return bool(event.has_people)


class CapacityFormMixin(StatusByActMixin):
    """Places are never fewer than are taken."""

    def clean(self) -> Cleaned:
        data = super().clean()
        if self.instance.pk:
            for presence in Presence.values:
                self._check_places(presence, data)
        return data

    def _check_places(self, presence: str, data: Cleaned) -> None:
        field = f"capacity_{presence}"
        if field in self.changed_data:
            try:
                refuse_capacity(event=self.instance, presence=presence, places=data.get(field))
            except ValidationError as refused:
                self.add_error(field, refused)
