"""Acts on registrations that an officer has ticked, or on all that a filter finds: what each is called, whether it is looked
at before, what it does, and what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from accounts.models import User
from activities.hub.names import OVERVIEW, page_of
from activities.hub.sub_pages import SubPage
from notifications.admin.mass import BACK, before_doing, goes_back
from notifications.models import Mailing
from record_admin.workspace.pages import HubPage
from records.listing.lists import query_without
from records.template_context import Context, Label

from ..models import Event, PlaceAct, Registration, RegistrationStep
from ..registration import adding, by_officers, undoable
from .registrations import MAY, REGISTRATIONS, found_by

REASONS: Final = 5
Step = Callable[[Registration], object]


class ReasonForm(forms.Form):
    """Why places are taken away; one of the last reasons can be chosen again."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=forms.TextInput(attrs={"list": "reasons"})
    )
    told = forms.BooleanField(label=gettext_lazy("The person may read the reason in the mail"), required=False)


class WhyForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, required=False, help_text=gettext_lazy("For the log.")
    )


@dataclass(frozen=True)
class PlaceActKind:
    """`looks`: others are moved or told by it, so that it is looked at before; else it is done at once and can be undone."""

    label: Label
    done: tuple[str, str]
    step: Callable[[Event, User, dict[str, Any]], Step]
    looks: bool = True
    form: type[forms.Form] | None = None
    ends_something: bool = False
    note: Label = ""


def _present(event: Event, by: User, facts: dict[str, Any]) -> Step:
    sessions = list(event.sessions.all())
    return lambda one: adding.note_present(registration=one, sessions=sessions, by=by)


ACTS: Final[dict[str, PlaceActKind]] = {
    "confirm": PlaceActKind(
        gettext_lazy("Confirm"), ("%(n)d place was confirmed.", "%(n)d places were confirmed."),
        lambda event, by, facts: lambda one: by_officers.give_place(registration=one, by=by), looks=False,
        note=gettext_lazy("Somebody who waits gets a place if one is free, before those who stand ahead in the queue."),
    ),
    "release": PlaceActKind(
        gettext_lazy("Release the held places"), ("%(n)d place was released.", "%(n)d places were released."),
        lambda event, by, facts: lambda one: by_officers.release(registration=one, by=by),
        note=gettext_lazy("What becomes free is offered to those who wait."),
    ),
    "wait": PlaceActKind(
        gettext_lazy("Move to the waiting list"),
        ("%(n)d person was moved to the waiting list.", "%(n)d people were moved to the waiting list."),
        lambda event, by, facts: lambda one: by_officers.move_to_waiting(registration=one, by=by, why=facts.get("why", "")),
        form=WhyForm, note=gettext_lazy("They stand at the end of the queue; what becomes free is offered to those before them."),
    ),
    "present": PlaceActKind(
        gettext_lazy("Note as present"), ("%(n)d person was noted as present.", "%(n)d people were noted as present."),
        _present, looks=False, note=gettext_lazy("In all sessions, from beginning to end. No list overrules it."),
    ),
    "back": PlaceActKind(
        gettext_lazy("Undo the cancellation"), ("%(n)d registration stands again.", "%(n)d registrations stand again."),
        lambda event, by, facts: lambda one: by_officers.bring_back(registration=one, by=by),
        note=gettext_lazy("As long as a place is free. A mail that told of the end and has not gone out is stopped."),
    ),
    "cancel": PlaceActKind(
        gettext_lazy("Cancel with a reason"), ("%(n)d registration was cancelled.", "%(n)d registrations were cancelled."),
        lambda event, by, facts: lambda one: by_officers.cancel(registration=one, by=by, why=facts["reason"], told=facts["told"]),
        form=ReasonForm, ends_something=True, note=gettext_lazy("What becomes free is offered to those who wait."),
    ),
}  # fmt: skip


class ActOnRegistrations(SubPage, TemplateView):
    """One act on those chosen: asks what it needs, shows whom it moves and who gets which mail, does it, goes back."""

    part = REGISTRATIONS
    template_name = "admin/events/registration_act.html"
    form: forms.Form | None = None

    def refuse_strangers(self) -> None:
        super().refuse_strangers()
        if not self.request.user.has_perm(MAY):
            raise PermissionDenied

    @property
    def back(self) -> str:
        return page_of(self.record, REGISTRATIONS) + query_without(self.request.GET)

    def way(self) -> list[tuple[str, str]]:
        """From the event by its list to the page that is looked at before."""
        return [(str(self.record), page_of(self.record, OVERVIEW)), (_("Registrations"), self.back)]

    def chosen(self) -> QuerySet[Registration]:
        """Those ticked; or all that the filter of the list finds now."""
        found = found_by(self.request, self.record)
        if self.request.POST.get("all"):
            return found
        keys = [int(key) for key in self.request.POST.getlist("chosen") if key.isdecimal() and len(key) < 18]
        return self.record.registrations.filter(pk__in=keys).select_related("person")

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return redirect(self.back)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        name = request.POST.get("act", "")
        kind = ACTS.get(name)
        if kind is None:
            raise Http404(f"no act {name[:20]!r}")
        people = list(self.chosen())
        if not people:
            messages.warning(request, _("Nobody was chosen: tick at least one line."))
            return redirect(self.back)
        if kind.form is not None:
            asked = "asked" in request.POST
            self.form = kind.form(request.POST if asked else None)
            if not asked or not self.form.is_valid() or goes_back(request):
                return self.render_to_response(self.get_context_data(kind=kind, name=name, people=people))
        facts = self.form.cleaned_data if self.form else {}
        act = partial(self._do, kind, people, facts)
        if not kind.looks and not request.POST.get("all"):
            return self._at_once(kind, act)
        return self._looked_at(kind, people, act)

    def _do(self, kind: PlaceActKind, people: list[Registration], facts: dict[str, Any]) -> undoable.Done:
        event, by = Event.objects.get(pk=self.record.pk), cast(User, self.request.user)
        label = f"{kind.label}: {event.title}"
        return undoable.each(
            event=event, chosen=people, act=kind.step(event, by, facts), label=label, words=str(kind.label), by=by
        )

    def _at_once(self, kind: PlaceActKind, act: Callable[[], undoable.Done]) -> HttpResponse:
        self._say(kind, act())
        return redirect(self.back)

    def _looked_at(
        self, kind: PlaceActKind, people: list[Registration], act: Callable[[], undoable.Done]
    ) -> HttpResponse:
        if goes_back(self.request):
            return redirect(self.back)
        last = undoable.Done()

        def mailed() -> Mailing | None:
            nonlocal last
            last = act()
            return last.mailing

        # Looked at first, so that the page tells by numbers what will be done.
        answer = before_doing(
            self.owner, self.request, act=mailed, title=f"{kind.label}: {self.record}", then=self.back,
            button=kind.label, zone=self.record.timezone,
            explanation=str(kind.note), context={"outcome": lambda: last, "button": lambda: f"{kind.label} ({len(last.changed)})", "crumbs": self.way()},
        )  # fmt: skip
        if answer.status_code == 302:
            self._say(kind, last)
        return answer

    def _say(self, kind: PlaceActKind, done: undoable.Done) -> None:
        """By count what changed, who else moved by it, and of whom it was refused."""
        if done.changed:
            words = ngettext(*kind.done, len(done.changed)) % {"n": len(done.changed)}
            if done.others:
                moved = ngettext("%(n)d other person moved by it.", "%(n)d other people moved by it.", done.others)
                words = f"{words} {moved % {'n': done.others}}"
            messages.success(self.request, words)
        for registration, why in done.refused[:10]:
            messages.warning(self.request, f"{registration.person}: {why}")
        if len(done.refused) > 10:
            more = len(done.refused) - 10
            text = ngettext("And %(n)d more was left alone.", "And %(n)d more were left alone.", more) % {"n": more}
            messages.warning(self.request, text)

    def get_context_data(self, **kwargs: Any) -> Context:
        return super().get_context_data(**kwargs) | {
            "title": kwargs["kind"].label,
            "form": self.form,
            "back": self.back,
            "reasons": last_reasons(),
            "all": self.request.POST.get("all", ""),
        }


def last_reasons() -> list[str]:
    """The reasons that officers gave last, to choose from."""
    steps = RegistrationStep.objects.filter(state=Registration.State.CANCELLED).exclude(by_id=None)
    found = steps.order_by("-pk").values_list("why", flat=True)[:50]
    return list(dict.fromkeys(found))[:REASONS]


class UndoPlaceAct(HubPage, View):
    """The last act on places, undone as one, its mails stopped."""

    part = REGISTRATIONS

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        if not request.user.has_perm(MAY):
            raise PermissionDenied
        act = get_object_or_404(PlaceAct, pk=number, event=self.record.pk)
        try:
            count = undoable.undo(act=act, by=cast(User, request.user))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            text = ngettext("Undone: %(n)d place stands as before. No mail of it goes out.", "Undone: %(n)d places stand as before. No mail of it goes out.", count)  # fmt: skip
            messages.success(request, text % {"n": count})
        return redirect(page_of(self.record, REGISTRATIONS) + query_without(request.GET))


__all__ = ["ACTS", "BACK", "ActOnRegistrations", "UndoPlaceAct"]
