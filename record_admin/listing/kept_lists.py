"""Lists that are a part of a record (registrations of an event, applicants of a training): columns and views of one's own, kept as
those of the admin's lists are.

    class Registrations(KeptList, HubPage, RecordListView):
        columns = {"state": _("State"), ...}
        columns_at_first = ("state",)
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic.base import ContextMixin, View

from records.listing.lists import PAGE
from records.template_context import Context, Label

from ..models import ChosenColumns, SavedView
from . import keeping
from .addresses import OUT_OF, VIEW, kept_part, question, without

KEEP = "keep"


@dataclass(frozen=True)
class KeptView:
    """A view as it stands above the list."""

    view: SavedView
    address: str
    is_current: bool
    is_own: bool


class KeptList(ContextMixin, View):
    """`columns` are all that can be chosen beside the first, which tells whose line it is; `columns_at_first` those shown to
    whoever has chosen none."""

    request: HttpRequest
    columns: ClassVar[Mapping[str, Label]] = {}
    columns_at_first: ClassVar[tuple[str, ...]] = ()

    @property
    def list_label(self) -> str:
        """By what the list is known where views and columns are kept."""
        raise NotImplementedError

    def columns_offered(self) -> dict[str, Label]:
        """As far as the reader may see what stands in them."""
        return dict(self.columns)

    @cached_property
    def _views(self) -> list[SavedView]:
        """A private view of somebody else is not among them, on any path."""
        return list(SavedView.objects.for_officer(self.request.user.pk or 0, self.list_label))

    @cached_property
    def opened_view(self) -> SavedView | None:
        slug = self.request.GET.get(VIEW) or self.request.GET.get(OUT_OF)
        return next((one for one in self._views if one.slug == slug), None)

    @cached_property
    def shown_columns(self) -> list[str]:
        """Those of the view that was opened, else those the reader has chosen, else those at first: in the order of the list."""
        chosen: Collection[str] = self.opened_view.columns if self.opened_view else ()
        if not chosen:
            kept = ChosenColumns.objects.filter(officer_id=self.request.user.pk or 0, label=self.list_label)
            chosen = [name for columns in kept.values_list("columns", flat=True) for name in columns]
        offered = self.columns_offered()
        return [name for name in offered if name in (chosen or self.columns_at_first)]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A view stands for its filter and order: from there on the address says itself what is set."""
        if VIEW not in request.GET:
            return super().get(request, *args, **kwargs)  # type: ignore[misc]
        view = self.opened_view
        if view is None:
            messages.warning(request, _("There is no such view, or it is somebody else's alone. Everything is shown."))
            return redirect(request.path)
        made = QueryDict(view.query, mutable=True)
        made[OUT_OF] = view.slug
        return redirect(f"{request.path}{question(made)}")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A list on which something else is sent too asks `is_kept` first."""
        return self.keep(request) if self.is_kept(request) else self.http_method_not_allowed(request)

    @staticmethod
    def is_kept(request: HttpRequest) -> bool:
        return KEEP in request.POST

    def keep(self, request: HttpRequest) -> HttpResponse:
        """Columns or a view. Then the same list, with the same filter and order."""
        what, officer_id, label = request.POST[KEEP], request.user.pk or 0, self.list_label
        if what == "view":
            return self._keep_view(request)
        if what == "forget_view":
            gone = keeping.forget_view(officer_id=officer_id, label=label, slug=request.POST.get("slug", ""))
            messages.success(request, _("The view is gone.") if gone else _("That view was gone already."))
        else:
            offered = self.columns_offered()
            chosen = {"columns": request.POST.getlist("columns"), "all_columns": list(offered)}.get(what, [])
            keeping.keep_columns(officer_id=officer_id, label=label, columns=[one for one in chosen if one in offered])
        return redirect(f"{request.path}{question(without(request.GET, OUT_OF, VIEW))}")

    def _keep_view(self, request: HttpRequest) -> HttpResponse:
        try:
            kept = keeping.keep_view(
                officer_id=request.user.pk or 0, label=self.list_label, name=request.POST.get("name", ""),
                query=kept_part(without(request.GET, PAGE)), columns=self.shown_columns,
                shared="shared" in request.POST, taken=(),
            )  # fmt: skip
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(request.get_full_path())
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": kept.name})
        return redirect(f"{request.path}?{VIEW}={kept.slug}")

    def get_context_data(self, **kwargs: Any) -> Context:
        offered, opened = self.columns_offered(), self.opened_view
        return super().get_context_data(**kwargs) | {
            "kept_views": [
                KeptView(one, f"?{VIEW}={one.slug}", one is opened, one.officer_id == self.request.user.pk)
                for one in self._views
            ],
            "opened_view": opened,
            "columns": [(name, label, name in self.shown_columns) for name, label in offered.items()],
            "shown_columns": self.shown_columns,
            "shown_labels": [(name, offered[name]) for name in self.shown_columns],
        }
