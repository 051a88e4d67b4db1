"""What the portal holds about me: what I agreed to, all of it as a file, and its end."""

from typing import Final

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from accounts.models import Consent, User
from accounts.persons import consents, erasure
from accounts.persons.owner import owner_of
from history import audit
from records.personal_data import all_holdings
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


class DataView(OwnPage, View):
    """Everything the portal holds about who asks, as a file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        known = owner_of(person=self.person, user=self.user)
        held = {holding.name: holding.gather(known) for holding in all_holdings()}
        audit.note(what=audit.What.EXPORTED, by_id=self.user.pk, on=self.user, detail="own data")
        response = JsonResponse(
            {"made_at": timezone.now(), "portal": settings.SITE_URL, **held},
            json_dumps_params={"ensure_ascii": False, "indent": 2},
        )
        response["Content-Disposition"] = 'attachment; filename="eabrn-my-data.json"'
        return response


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
        user = self.user
        if (
            user.is_superuser
            and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists()
        ):
            raise ValidationError(_("You are the only administrator. Name another one first."))
        erasure.erase(user=user, person=self.person, by=user)
        logout(self.request)
        messages.success(self.request, _("Your account is erased."))
        return redirect("home")
