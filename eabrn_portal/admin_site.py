"""The admin of the secretariat: stock Django, entered through allauth and with a second factor."""

from typing import cast

from allauth.account.decorators import secure_admin_login
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sign_in.second_factor import lacks_second_factor
from desk.work_queue.groups import work_queue
from records.template_context import Context
from typed_records.base import told_apart

# The index as an officer works: the records first, then what comes in, then persons, mails and what changed.
APP_ORDER = (
    "reserves",
    "geoparks",
    "events",
    "trainings",
    "network",
    "designated_sites",
    "desk",
    "accounts",
    "notifications",
    "history",
)


class Options(AutocompleteJsonView):
    """What is offered while somebody types: among records of several types each with its type."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": told_apart(obj, self.model_admin.model)}


class PortalAdminSite(AdminSite):
    site_header = _("EABRN secretariat")
    site_title = _("EABRN secretariat")
    index_title = _("Work queue")
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request.user)

    def login(self, request: HttpRequest, extra_context: Context | None = None) -> HttpResponse:
        """Staff without a second factor are led to set one up; everybody else signs in as on the portal."""
        if lacks_second_factor(request.user):
            messages.info(
                request,
                gettext(
                    "The admin asks for a second factor. Set up an authenticator app or a passkey, then come back."
                ),
            )
            return redirect("mfa_index")
        if self.has_permission(request):
            return redirect(f"{self.name}:index")
        # Anybody else is sent to the portal's sign-in, or refused: Django's own form, which knows no second factor,
        # is never shown and never takes a password.
        return secure_admin_login(super().login)(request, extra_context=extra_context)

    def index(self, request: HttpRequest, extra_context: Context | None = None) -> TemplateResponse:
        """What waits for whoever has signed in, above the lists of all records."""
        queue = work_queue(cast(User, request.user))
        known = {"queue": queue, "nothing_waits": not any(group.lines for group in queue)}
        return super().index(request, {**known, **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        return Options.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[object]:
        """Apps in the order of APP_ORDER, others behind; the models of an app in the order they are registered."""
        registered = [model._meta.object_name for model in self._registry]
        apps = self._build_app_dict(request, app_label).values()
        for app in apps:
            app["models"].sort(key=lambda entry: registered.index(entry["object_name"]))
        place = {label: number for number, label in enumerate(APP_ORDER)}
        return sorted(apps, key=lambda app: (place.get(app["app_label"], len(place)), app["name"]))
