"""Certificates and letters that a person may fetch: the own ones, and those of people whose mail one receives."""

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView, View

from accounts.models import Person
from records.papers import as_file
from records.template_context import Context
from trainings.certificates import letters
from trainings.certificates.papers import paper_of
from trainings.models import Application, Certificate

from ..access import OwnPage


class OwnPapers(OwnPage):
    """Whose papers one may have. A focal point has those of people in care only while answering for their state."""

    def people(self) -> QuerySet:
        own = self.person.pk if self.person else None
        in_care = Q(care_of=own, member_state__in=self.scope.states)
        return Person.objects.known().filter(Q(pk=own) | in_care) if own else Person.objects.none()

    def certificates(self) -> QuerySet:
        return Certificate.objects.valid().filter(person__in=self.people())

    def applications(self) -> QuerySet:
        found = Application.objects.filter(person__in=self.people(), state__in=letters.INVITED)
        return found.select_related("training", "person__member_state", "seat_class")


class PapersView(OwnPapers, TemplateView):
    template_name = "me/certificates.html"

    def get_context_data(self, **kwargs: object) -> Context:
        written = self.applications().exclude(training__letter_office="").exclude(training__letter_signatory="")
        return super().get_context_data(**kwargs) | {
            "certificates": self.certificates().select_related("person").order_by("-issued_at", "-pk"),
            "applications": written.order_by("-training__starts_at", "person__name", "pk"),
        }


class CertificateFileView(OwnPapers, View):
    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        certificate = get_object_or_404(self.certificates(), number=number)
        return as_file(paper_of([certificate]), certificate.number)


class LetterFileView(OwnPapers, View):
    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        application = get_object_or_404(self.applications(), reference=reference)
        try:
            return as_file(letters.letter_of(application), f"letter-{application.reference}")
        except ValidationError as refused:
            raise Http404("no letter yet") from refused
