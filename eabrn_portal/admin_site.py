"""The admin of the secretariat: stock Django, entered through allauth and with a second factor."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from allauth.account.decorators import secure_admin_login
from allauth.account.utils import get_next_redirect_url
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sign_in.second_factor import ask_for_factor, lacks_second_factor, must_show_again
from activities.timezones.reader_zone import reader_of
from desk.work_queue.today import today
from record_admin.workspace.frame import Frame
from record_admin.workspace.pages import registered_pages
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

# The ends of the names of pages, and actions on lists, that do what cannot be undone.
FINAL_PAGES = ("_delete", "_pair", "_privacy", "_privacy_of")
FINAL_ACTIONS = frozenset({"delete_selected"})


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Options(AutocompleteJsonView):
    """What is offered while somebody types: among records of several types each with its type."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": told_apart(obj, self.model_admin.model)}


def _cannot_be_undone(request: HttpRequest) -> bool:
    """Deleting, one record or many; joining two records; what is kept about somebody, corrected, handed out and erased."""
    page = request.resolver_match.url_name or "" if request.resolver_match else ""
    return page.endswith(FINAL_PAGES) or request.POST.get("action") in FINAL_ACTIONS


class PortalAdminSite(AdminSite):
    site_header = _("EABRN secretariat")
    site_title = _("EABRN secretariat")
    index_title = _("Today")
    enable_nav_sidebar = False  # the workspace has a navigation of its own

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request.user)

    def login(self, request: HttpRequest, extra_context: Context | None = None) -> HttpResponse:
        """Staff who have not shown their second factor are led to it; everybody else signs in as on the portal."""
        if lacks_second_factor(request.user):
            return ask_for_factor(request, back_to=get_next_redirect_url(request) or reverse(f"{self.name}:index"))
        if self.has_permission(request):
            return redirect(get_next_redirect_url(request) or f"{self.name}:index")
        # Anybody else is sent to the portal's sign-in, or refused: Django's own form, which knows no second factor,
        # is never shown and never takes a password.
        return secure_admin_login(super().login)(request, extra_context=extra_context)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Before what cannot be undone the second factor is asked once more, on the page that leads to it already."""
        stock = super().admin_view(view, cacheable)

        @wraps(stock)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if self.has_permission(request) and _cannot_be_undone(request) and must_show_again(request):
                return ask_for_factor(request)
            return stock(request, *args, **kwargs)

        return cast(View, checked)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Pages of no model stand before those of the models, whose last address takes anything."""
        return [*registered_pages(self), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> Context:
        """What every page of the admin needs: the frame asks the database only where it is drawn."""
        return super().each_context(request) | {"workspace": Frame(request)}

    def index(self, request: HttpRequest, extra_context: Context | None = None) -> TemplateResponse:
        """Today: what waits for whoever has signed in."""
        shown = today(cast(User, request.user), reader_of(request).zone, mine="mine" in request.GET)
        known = {"today": shown, "queue": shown.groups, "nothing_waits": not any(group.lines for group in shown.groups)}
        return super().index(request, {**known, **(extra_context or {})})

    def app_index(  # type: ignore[override]
        self, request: HttpRequest, app_label: str, extra_context: Context | None = None
    ) -> HttpResponse:
        """Nobody works by app: the lists of one, as Django has them on a page, stand in the navigation."""
        super().app_index(request, app_label, extra_context)  # 404 for an app of which somebody sees nothing
        return redirect(f"{self.name}:index", permanent=True)

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
