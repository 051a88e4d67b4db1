"""Pages of our own inside the admin: in its frame, under its sign-in, with the head and the parts of what they are about.

    class Overview(HubPage, TemplateView):
        part = "overview"
        template_name = "admin/events/overview.html"      # extends admin/work.html

    path("<int:pk>/", site.admin_view(Overview.as_view(model_admin=self)), name="events_event_overview")

A form of Django's own that is a part (Details) takes the same head: `hub_context(request, record, part="details")`.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django.contrib.admin import ModelAdmin
from django.contrib.admin.sites import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, View

from records.template_context import Context, Keywords, Label

from .entries import may
from .parts import head_of, shown_parts

Crumb = tuple[Label, str]
"""A step of the way to a page: its words and its address."""


def hub_context(request: HttpRequest, record: models.Model, *, part: str) -> Context:
    """Head and parts of a record, with the one marked that is open."""
    return {"head": head_of(request, record), "parts": shown_parts(request.user, record, part)}


class _Page(ContextMixin, View):
    """What both kinds of page need; the template is that of the view beside it."""

    request: HttpRequest
    kwargs: Keywords
    title: ClassVar[Label] = ""

    @property
    def site(self) -> AdminSite:
        raise NotImplementedError

    def refuse_strangers(self) -> None:
        """PermissionDenied for whoever may not see the page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.refuse_strangers()
        return super().dispatch(request, *args, **kwargs)

    def page_title(self) -> Label:
        return self.title

    def crumbs(self) -> Sequence[Crumb]:
        """The steps between the entry of the navigation and the page."""
        return ()

    def get_context_data(self, **kwargs: Any) -> Context:
        known = self.site.each_context(self.request) | {"title": self.page_title(), "crumbs": self.crumbs()}
        return super().get_context_data(**{**known, **kwargs})


class WorkPage(_Page):
    """A page about no record: `WorkPage.as_view(admin_site=...)`. The site has asked whether somebody is staff; `permissions`
    are those of which one is asked for besides."""

    admin_site: AdminSite | None = None
    permissions: ClassVar[tuple[str, ...]] = ()

    def refuse_strangers(self) -> None:
        if not may(self.request.user, self.permissions):
            raise PermissionDenied

    @property
    def site(self) -> AdminSite:
        return cast(AdminSite, self.admin_site)


_pages: dict[str, tuple[str, type[WorkPage]]] = {}


def register_page(route: str, page: type[WorkPage], name: str) -> None:
    """Gives a page an address of its own below that of the admin; the site puts them before the addresses of the models."""
    if _pages.setdefault(name, (route, page))[1] is not page:
        raise ValueError(f"Two pages are called {name}.")


def registered_pages(site: AdminSite) -> list[URLPattern]:
    return [
        path(route, site.admin_view(cast(Any, page).as_view(admin_site=site)), name=name)
        for name, (route, page) in _pages.items()
    ]


class HubPage(_Page):
    """A page about one record, which its address names by `pk`: `HubPage.as_view(model_admin=...)`.

    `wants` is what somebody must be allowed to do with the record; `part` is the part of it that the page is. A page that is
    no part, but an act that starts from one, names the part it starts from.
    """

    model_admin: ModelAdmin | None = None
    part: ClassVar[str] = ""
    wants: ClassVar[str] = "change"

    @property
    def owner(self) -> ModelAdmin:
        return cast(ModelAdmin, self.model_admin)

    @property
    def site(self) -> AdminSite:
        return self.owner.admin_site

    @cached_property
    def record(self) -> Any:
        """Of the records the admin shows under this model; 404 for others."""
        return get_object_or_404(self.owner.get_queryset(self.request), pk=self.kwargs["pk"])

    def refuse_strangers(self) -> None:
        allowed = getattr(self.owner, f"has_{self.wants}_permission")
        if not (self.owner.has_view_or_change_permission(self.request) and allowed(self.request, self.record)):
            raise PermissionDenied

    def page_title(self) -> Label:
        return self.title or str(self.record)

    def get_context_data(self, **kwargs: Any) -> Context:
        known = {"opts": self.owner.opts, "original": self.record}
        hub = hub_context(self.request, self.record, part=self.part)
        return super().get_context_data(**{**known, **hub, **kwargs})
