"""A trainer's own sessions: when they are, who comes, what was asked in advance, and the material put up for them."""

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts.models import User
from activities.materials import files
from activities.materials.forms import SessionMaterialForm
from activities.models import AdvanceQuestion, Material, Session
from activities.models.times import session_clock
from records.formats.date_formatting import on_clock
from records.template_context import Context, Keywords
from trainings.models import WITH_PLACE

from ..access import OwnPage


class SessionsView(OwnPage, TemplateView):
    """Only sessions one leads: with the questions asked of them and of their whole event, and no other."""

    template_name = "me/sessions.html"

    def get_context_data(self, **kwargs: object) -> Context:
        sessions = list(_led(self.user))
        activities = {session.activity_id for session in sessions}
        asked = list(AdvanceQuestion.objects.shown().filter(activity__in=activities).select_related("person"))
        lines = [_line(session, [one for one in asked if _is_for(one, session)]) for session in sessions]
        return super().get_context_data(**kwargs) | {"sessions": lines}


def _led(user: User) -> QuerySet[Session]:
    """Sessions somebody leads, each with how many have a place: by registration at events, by application at trainings."""
    registered = Q(activity__event__registrations__state="confirmed")
    applied = Q(activity__training__applications__state__in=WITH_PLACE)
    found = Session.objects.filter(trainers__user=user).select_related("activity")
    return found.annotate(
        confirmed=Count("activity__event__registrations", registered, distinct=True)
        + Count("activity__training__applications", applied, distinct=True)
    ).order_by("-starts_at", "activity__activity_type", "activity__slug", "title", "pk")


def _line(session: Session, questions: list[AdvanceQuestion]) -> dict[str, object]:
    activity = session.activity
    return {
        "session": session, "kind": activity.activity_type, "activity": activity, "clock": session_clock(session, activity),
        "questions": questions, "is_listed": activity.status not in ("draft", "cancelled"),
    }  # fmt: skip


def _is_for(question: AdvanceQuestion, session: Session) -> bool:
    """Asked of this session, or of its whole event."""
    return question.activity_id == session.activity_id and question.session_id in (None, session.pk)


class OfOwnSession(OwnPage):
    """A page of one session, for those who lead it: 404 for everybody else, officers too, who do this in the admin."""

    kwargs: Keywords

    @cached_property
    def session(self) -> Session:
        if self.kwargs["kind"] != "event":
            raise Http404("no such kind")
        led = Session.objects.filter(trainers__user=self.user, activity__activity_type="event")
        led = led.select_related("activity").distinct()
        return get_object_or_404(led, pk=self.kwargs["pk"])

    @cached_property
    def material(self) -> Material:
        """Of this session: what belongs to another one, or to the whole event, is not a trainer's to change."""
        return get_object_or_404(
            self.session.materials.select_related("activity", "session"), pk=self.kwargs["material"]
        )

    def to_session(self) -> HttpResponse:
        return redirect("my-session", "event", self.session.pk)


class SessionView(OfOwnSession, FormView):
    """The session with its questions and materials, and a form to put up another one."""

    template_name = "me/session.html"
    form_class = SessionMaterialForm

    def get_form_kwargs(self) -> Keywords:
        new = Material(activity=self.session.activity, session=self.session)
        return super().get_form_kwargs() | {"instance": new}

    def get_context_data(self, **kwargs: object) -> Context:
        session, event = self.session, self.session.activity
        own_zone = self.person.own_zone if self.person else ""
        return super().get_context_data(**kwargs) | {
            "session": session,
            "here": on_clock(session.starts_at, event.timezone),
            "own": on_clock(session.starts_at, own_zone) if own_zone not in ("", event.timezone) else None,
            "questions": AdvanceQuestion.objects.shown().for_session(session).select_related("person"),
            "materials": session.materials.all(),
        }

    def form_valid(self, form: SessionMaterialForm) -> HttpResponse:
        files.store(material=form.save(commit=False))
        messages.success(self.request, _("“%(title)s” is put up.") % {"title": form.instance.title})
        return self.to_session()


class SessionMaterialView(OfOwnSession, FormView):
    """What is said about a material, and who may have it; another file in place of the one that is there."""

    template_name = "me/session_material.html"
    form_class = SessionMaterialForm

    def get_form_kwargs(self) -> Keywords:
        return super().get_form_kwargs() | {"instance": self.material}

    def get_context_data(self, **kwargs: object) -> Context:
        title = self.session.materials.values_list("title", flat=True).get(pk=self.material.pk)
        return super().get_context_data(**kwargs) | {"session": self.session, "material": self.material, "kept": title}

    def form_valid(self, form: SessionMaterialForm) -> HttpResponse:
        files.store(material=form.save(commit=False))
        messages.success(self.request, _("Your changes are kept."))
        return self.to_session()


class WithdrawMaterialView(OfOwnSession, View):
    """The material is taken down, and its file with it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, kind: str, pk: int, material: int) -> HttpResponse:
        title = self.material.title
        files.withdraw(material=self.material)
        messages.success(request, _("“%(title)s” is taken down.") % {"title": title})
        return self.to_session()
