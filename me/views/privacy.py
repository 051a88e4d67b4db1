"""What the portal holds about me: what I agreed to, all of it as a file, and its end."""

from typing import Final

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts.models import Consent
from accounts.persons import consents, erasure, own_data
from accounts.persons.owner import owner_of
from history import audit
from records.personal_data import all_holdings
from records.personal_data.telling import told
from records.template_context import Context

from ..access import ActMixin, OwnPage
from ..forms import ConsentForm, EraseForm

OWN_FIRST: Final = ("account", "person")


class PrivacyView(OwnPage, FormView):
    template_name = "me/privacy.html"
    form_class = ConsentForm

    def get_initial(self) -> dict[str, object]:
        agreed = self.person is not None and consents.holds(person=self.person, what=Consent.What.TRANSFER)
        return {"transfer": agreed}

    def get_context_data(self, **kwargs: object) -> Context:
        given = self.person.consents.all() if self.person else []
        return super().get_context_data(**kwargs) | {"consents": given, "version": settings.PRIVACY_NOTICE_VERSION}

    def form_valid(self, form: ConsentForm) -> HttpResponse:
        person = self.own_person()
        if form.cleaned_data["transfer"]:
            consents.give(person=person, what=Consent.What.TRANSFER, how=Consent.How.OWN_PAGE)
        else:
            consents.withdraw(person=person, what=Consent.What.TRANSFER)
        messages.success(self.request, _("Your choice is kept."))
        return redirect("me-privacy")


class DataPage(OwnPage, TemplateView):
    """Everything the portal holds about who asks, to read."""

    template_name = "me/data.html"

    def get_context_data(self, **kwargs: object) -> Context:
        known = owner_of(person=self.person, user=self.user)
        audit.note(what=audit.What.EXPORTED, by_id=self.user.pk, on=self.user, detail="own data, to read")
        return super().get_context_data(**kwargs) | {"tables": list(told(known))}


class DataView(OwnPage, View):
    """Everything the portal holds about who asks, as a file for programs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        known = owner_of(person=self.person, user=self.user)
        content = own_data.as_json(known)
        audit.note(what=audit.What.EXPORTED, by_id=self.user.pk, on=self.user, detail="own data")
        response = HttpResponse(content, content_type="application/json")
        response["Content-Disposition"] = 'attachment; filename="eabrn-my-data.json"'
        return response


class DataZipView(OwnPage, View):
    """The same to read and for programs, with every file that was handed in."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        known = owner_of(person=self.person, user=self.user)
        content = own_data.as_zip(known, get_language() or settings.LANGUAGE_CODE)
        audit.note(what=audit.What.EXPORTED, by_id=self.user.pk, on=self.user, detail="own data, with files")
        return FileResponse(content, as_attachment=True, filename="eabrn-my-data.zip", content_type="application/zip")


@method_decorator(reauthentication_required, name="dispatch")
class EraseView(OwnPage, ActMixin, FormView):
    """Asks for the password or another proof first, unless it was given a moment ago."""

    template_name = "me/delete.html"
    form_class = EraseForm

    def get_context_data(self, **kwargs: object) -> Context:
        holdings = sorted(all_holdings(), key=lambda holding: holding.name not in OWN_FIRST)
        return super().get_context_data(**kwargs) | {
            "goes": dict.fromkeys(str(words) for holding in holdings for words in holding.goes),
            "stays": dict.fromkeys(str(words) for holding in holdings for words in holding.stays),
        }

    def act(self, form: EraseForm) -> HttpResponse:
        erasure.erase(user=self.user, person=self.person, by=self.user)
        logout(self.request)
        messages.success(self.request, _("Your account is erased."))
        return redirect("home")
