"""The officer's way to move, cancel and reopen an event: what changes, who is told, and only then the act."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.admin.mass import before_doing, goes_back
from notifications.models import Mailing

from . import moving
from .models import Event
from .moving_forms import MoveForm, ReasonForm
from .occasion_admin import MovedByActMixin
from .seats import Presence
from .waiting import refuse_capacity

TITLES: dict[str, str | Promise] = {
    "move": gettext_lazy("Move or postpone"),
    "cancel": gettext_lazy("Cancel the event"),
    "reopen": gettext_lazy("Let it take place after all"),
}


class MovableMixin(MovedByActMixin, admin.ModelAdmin):
    """The acts that move, cancel and reopen an event. With people registered its time is fixed whatever its status."""

    def get_urls(self) -> list[Any]:
        name = "{}_{}_{}".format
        own = [
            path(f"<int:pk>/{act}/", self.admin_site.admin_view(view), name=name("events", "event", act))
            for act, view in (("move", self.move_view), ("cancel", self.cancel_view), ("reopen", self.reopen_view))
        ]
        return [*own, *super().get_urls()]

    def is_fixed(self, event: Any) -> bool:
        return super().is_fixed(event) or self._has_people(event)

    def _has_people(self, event: Any) -> bool:
        """Asked several times for one page."""
        if not hasattr(event, "has_people"):
            event.has_people = event.registrations.active().exists()
        return bool(event.has_people)

    def act_links(self, record: Event) -> list[tuple[str, str | Promise]]:
        acts = ["move", "cancel"] if record.status in moving.MOVABLE else []
        acts = ["reopen"] if record.status == Event.Status.CANCELLED else acts
        return [(reverse(f"admin:events_event_{act}", args=[record.pk]), TITLES[act]) for act in acts]

    def _event(self, request: HttpRequest, pk: int) -> Event:
        event = get_object_or_404(Event, pk=pk)
        if not self.has_change_permission(request, event):
            raise PermissionDenied
        return event

    def move_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self._event(request, pk)
        form = MoveForm(request.POST or None, instance=Event.objects.get(pk=pk))
        return self._act(
            request, event, "move", form,
            lambda user: moving.move(
                event=Event(pk=pk), to=form.when, reason=form.cleaned_data["reason"], by=user
            ),
        )  # fmt: skip

    def cancel_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event, form = self._event(request, pk), ReasonForm(request.POST or None)
        return self._act(
            request, event, "cancel", form,
            lambda user: moving.cancel(event=Event(pk=pk), reason=form.cleaned_data["reason"], by=user),
        )  # fmt: skip

    def reopen_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event, form = self._event(request, pk), ReasonForm(request.POST or None)
        return self._act(
            request, event, "reopen", form,
            lambda user: moving.reopen(event=Event(pk=pk), reason=form.cleaned_data["reason"], by=user),
        )  # fmt: skip

    def _act(
        self,
        request: HttpRequest,
        event: Event,
        name: str,
        form: forms.BaseForm,
        act: Callable[[Any], Mailing | None],
    ) -> HttpResponse:
        title = f"{TITLES[name]}: {event}"
        if request.method == "POST" and form.is_valid() and not goes_back(request):
            try:
                return before_doing(
                    self, request, act=lambda: act(request.user), title=title, button=_("Do it and tell them"), form=form,
                    then=reverse("admin:events_event_change", args=[event.pk]), zone=event.timezone,
                )  # fmt: skip
            except ValidationError as refused:
                form.add_error(None, refused)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": event,
            "form": form,
            "button": _("Look who is told"),
        }
        return TemplateResponse(request, "admin/act_form.html", context)


class CapacityFormMixin(forms.ModelForm):
    """Places are never fewer than are taken, and an event is cancelled and reopened by its acts alone."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.instance.pk:
            for presence in Presence.values:
                self._check_places(presence, data)
            self._check_status(data)
        return data

    def _check_places(self, presence: str, data: dict[str, Any]) -> None:
        field = f"capacity_{presence}"
        if field in self.changed_data:
            try:
                refuse_capacity(event=self.instance, presence=presence, places=data.get(field))
            except ValidationError as refused:
                self.add_error(field, refused)

    def _check_status(self, data: dict[str, Any]) -> None:
        if "status" in self.changed_data and Event.Status.CANCELLED in (data.get("status"), self.initial.get("status")):
            self.add_error(
                "status",
                _(
                    "Use “Cancel the event” or “Let it take place after all” at the top: the page keeps the day and the "
                    "reason, and everybody registered is told."
                ),
            )
