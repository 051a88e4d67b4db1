"""Letter and certificate behind the signed address of an application: for people without an account."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from records.papers import as_file

from ..certificates import letters
from ..certificates.papers import paper_of
from ..models import Certificate
from .pages import signed_application


@require_safe
def letter(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    application = signed_application(slug, token)
    try:
        return as_file(letters.letter_of(application), f"letter-{application.reference}")
    except ValidationError as refused:
        raise Http404("no letter") from refused


@require_safe
def certificate(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    application = signed_application(slug, token)
    found = Certificate.objects.valid().filter(activity=application.training, person=application.person).first()
    if found is None:
        raise Http404("no certificate")
    return as_file(paper_of([found]), found.number)
