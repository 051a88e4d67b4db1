"""Pages behind the personal address of somebody registered: the door, questions, materials, the survey."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View
from django.views.generic.base import ContextMixin

from activities.materials import files
from activities.models import AdvanceQuestion, Material
from activities.models.times import on_clocks
from records.formats.date_formatting import moment_words, on_clock, zone_words
from records.template_context import Context, Keywords

from ..models import Event, Registration, Survey
from ..models.survey_times import closes_at
from ..places.signed_links import have_ended
from . import advance_questions, joining, materials, surveys
from .forms import QuestionForm, SurveyForm
from .joining import Door

POLL_SECONDS = 600  # while the opening is far


@method_decorator(never_cache, name="dispatch")
class PersonalView(ContextMixin, View):
    """Whoever holds the token is the one registered; a token that was made worthless is not found."""

    @cached_property
    def registration(self) -> Registration:
        registrations = Registration.objects.select_related("event", "person")
        found = get_object_or_404(registrations, join_token=self.kwargs["token"])
        if have_ended(found):
            raise Http404("the address has ended")
        return found

    @property
    def event(self) -> Event:
        return self.registration.event

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {
            "event": self.event,
            "registration": self.registration,
            "token": self.registration.join_token,
        }


class JoinView(PersonalView, TemplateView):
    """When one can join, and then how; and what else there is for somebody registered."""

    template_name = "events/join.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if joining.door_of(self.registration) == Door.OPEN and request.method == "GET":
            joining.note_opening(registration=self.registration)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> Context:
        event, zone = self.event, self.registration.reader_zone
        door = joining.door_of(self.registration)
        refresh = joining.refresh_seconds(event, door)
        visible = materials.visible_of(self.registration)
        every = list(event.materials.select_related("session"))
        survey = Survey.objects.filter(event=event).select_related("event").first()
        return super().get_context_data(**kwargs) | {
            "door": door,
            "opens": on_clock(joining.opens_at(event), zone),
            "countdown": joining.countdown(event) if door == Door.EARLY else "",
            "refresh": refresh,
            "poll": (refresh or POLL_SECONDS) if door == Door.EARLY else 0,
            "link_groups": joining.links_of(event) if door == Door.OPEN else [],
            "clocks": on_clocks(event),
            "own": on_clocks(event, zone),
            "takes_questions": advance_questions.takes_questions(self.registration),
            "materials": [one for one in every if one.visibility in visible],
            "survey": survey if survey and surveys.is_open(survey) else None,
        }


class RenewView(PersonalView):
    """Makes this address worthless; the new one goes by mail, since whoever else holds this one would see it here."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            joining.renew_address(registration=self.registration)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("join", token)
        return redirect("join-renewed")


class RenewedView(TemplateView):
    template_name = "events/join_renewed.html"


class QuestionView(PersonalView, FormView):
    """Questions in advance: a form, and one's own with a name."""

    template_name = "events/join_question.html"
    form_class = QuestionForm

    def get_form_kwargs(self) -> Keywords:
        return super().get_form_kwargs() | {"event": self.event}

    def get_context_data(self, **kwargs: object) -> Context:
        own = self.event.advance_questions.filter(person=self.registration.person_id).select_related("session")
        return super().get_context_data(**kwargs) | {
            "own_questions": own,
            "takes_questions": advance_questions.takes_questions(self.registration),
        }

    def form_valid(self, form: QuestionForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            advance_questions.ask(
                registration=self.registration, text=given["text"], session=given.get("session"),
                language=get_language() or "en", named=not given["without_name"],
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Your question is with the secretariat and the speakers."))
        return redirect("join-question", self.registration.join_token)


class NamelessView(PersonalView):
    """Takes one's name off a question."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, token: str, pk: int) -> HttpResponse:
        question = get_object_or_404(AdvanceQuestion, pk=pk, activity=self.event, person=self.registration.person_id)
        advance_questions.take_name_away(question=question, person=self.registration.person)
        messages.success(request, _("Your name was taken away. The question stays."))
        return redirect("join-question", token)


@method_decorator(files.SEALED, name="dispatch")
class MaterialView(PersonalView):
    """A file for somebody with the personal address."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
        material = get_object_or_404(Material.objects.exclude(file=""), pk=pk, activity=self.event)
        if material.visibility not in materials.visible_of(self.registration):
            raise Http404("No such material")
        return files.handed_out(material)


class SurveyView(PersonalView, FormView):
    """The survey, once; afterwards thanks."""

    template_name = "events/join_survey.html"
    form_class = SurveyForm

    @cached_property
    def survey(self) -> Survey:
        survey = get_object_or_404(Survey.objects.select_related("event"), event=self.event)
        if survey.opened_at is None or self.registration.state != Registration.State.CONFIRMED:
            raise Http404("not open, or not asked")
        return survey

    @cached_property
    def has_answered(self) -> bool:
        return self.survey.answered.filter(registration=self.registration).exists()

    def get_form_kwargs(self) -> Keywords:
        return super().get_form_kwargs() | {"survey": self.survey}

    def get_context_data(self, **kwargs: object) -> Context:
        closes, zone = closes_at(self.survey), self.event.timezone
        return super().get_context_data(**kwargs) | {
            "is_open": surveys.is_open(self.survey),
            "has_answered": self.has_answered,
            "closes": moment_words(closes, zone),
            "zone": zone_words(closes, zone),
        }

    def form_valid(self, form: SurveyForm) -> HttpResponse:
        try:
            surveys.answer(survey=self.survey, registration=self.registration, answers=form.answers())
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return redirect("join-survey", self.registration.join_token)
