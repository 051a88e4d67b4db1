"""What every list of the admin can do: filters in a bar, columns and views of one's own, acts on all that match."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django.contrib import admin, messages
from django.contrib.admin import ShowFacets
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from history import audit
from records.template_context import Context, Label

from ..long_work.begin import is_asked_for, page_before, page_of
from ..models import ChosenColumns
from . import acts, keeping, long_sheets, views
from .addresses import ACROSS, OUT_OF, SHEET, VIEW, kept_part, question, without
from .record_list import RecordList
from .sheets import WRITERS, as_file
from .views import ListView, OfferedViews

KEEP: Final = "keep"  # what a form of the list keeps: columns, a view
LAST_VIEW: Final = "last_view"  # the cookie of one list that remembers which view was opened last
DESTROYING: Final = frozenset({"delete_selected"})
YEAR: Final = 365 * 24 * 3600


class ListAdmin(admin.ModelAdmin):
    """A list as all lists of the admin are.

    `list_views` are views that it offers itself, at most six. `further_columns` can be chosen beside those shown at first.
    `zone_of_list` leads from a row to the zone of its place, where it has one (“event.timezone”): moments are told on those
    clocks, else on the reader's. `asks_itself` names acts that have a page of their own before they do anything.
    `nothing_yet` says what to do while there is no row. `date_hierarchy` is the moment by which the bar asks from day to day.
    """

    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_views: ClassVar[tuple[ListView, ...]] = ()
    further_columns: ClassVar[tuple[str, ...]] = ()
    zone_of_list: ClassVar[str] = ""
    asks_itself: ClassVar[frozenset[str]] = frozenset({"delete_selected"})
    nothing_yet: ClassVar[Label] = ""
    has_sheet_of_list: ClassVar[bool] = False

    # The list as it is asked for -----------------------------------------------------------------------------------
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RecordList

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """A filter typed into the address that the database cannot make sense of is left out, as Django does it."""
        self.views_of(request)
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError, DataError) as error:
            raise IncorrectLookupParameters(str(error)) from error

    def views_of(self, request: HttpRequest) -> OfferedViews:
        """The views this reader may see. From here on the address says itself what the one that it names stands for."""
        known: dict[str, Any] = vars(request)
        if "views_of_list" not in known:
            offered = views.offered(request.user.pk or 0, self.opts.label_lower, self.list_views)
            request.GET = views.opened(offered, request.GET)  # type: ignore[assignment]
            known["views_of_list"] = offered
        found: OfferedViews = known["views_of_list"]
        return found

    def columns_kept(self, request: HttpRequest) -> Sequence[str]:
        """Those of the view that was opened, else those the reader has chosen; none: as at first."""
        opened = self.views_of(request).opened
        if opened and opened.columns:
            return opened.columns
        kept = ChosenColumns.objects.filter(officer_id=request.user.pk or 0, label=self.opts.label_lower)
        return [name for columns in kept.values_list("columns", flat=True) for name in columns]

    def changelist_view(self, request: HttpRequest, extra_context: Context | None = None) -> Any:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method == "POST" and KEEP in request.POST:
            return self._keep(request)
        opens = request.GET.get(VIEW, "")
        if (
            request.GET.get(SHEET) in WRITERS
            and self.has_sheet_of_list
            and (request.method == "GET" or is_asked_for(request))
        ):
            return self._sheet(request, request.GET[SHEET])
        response = super().changelist_view(request, {**self._words(request), **(extra_context or {})})
        found = self.views_of(request)
        if isinstance(response, TemplateResponse) and response.context_data and "cl" in response.context_data:
            response.context_data |= self._bar(request, response.context_data["cl"], found)
        if opens and found.opened:
            response.set_cookie(LAST_VIEW, opens, max_age=YEAR, path=request.path, samesite="Lax", httponly=True)
        return response

    def _words(self, request: HttpRequest) -> Context:
        return {} if "_popup" in request.GET else {"title": capfirst(self.opts.verbose_name_plural)}

    def _bar(self, request: HttpRequest, shown: RecordList, found: OfferedViews) -> Context:
        """What stands above the table: views, acts."""
        if found.is_unknown:
            messages.warning(request, _("There is no such view, or it is somebody else's alone. Everything is shown."))
        opened, last = found.opened, request.COOKIES.get(LAST_VIEW, "")
        return {
            "views": found,
            "built_in": [(one, opened is one.view, last == one.view.slug) for one in shown.built_in],
            "kept": [(one, opened is one, last == one.slug, one.officer_id == request.user.pk) for one in found.kept],
            "view_has_changed": opened is not None and not views.is_as_kept(opened, request.GET),
            "acts": self._acts(request),
            "act_address": question(without(request.GET, ACROSS)),
            "across_address": question(_with(request.GET, ACROSS, "1")),
            "sheets": [(f"{question(_with(request.GET, SHEET, ending))}", ending.upper()) for ending in WRITERS]
            if self.has_sheet_of_list
            else [],
            "nothing_yet": self.nothing_yet,
        }

    def _acts(self, request: HttpRequest) -> list[tuple[str, str, bool]]:
        """Name, words, and whether something is destroyed: such an act is never the first."""
        found = [(name, str(words), name in DESTROYING) for name, words in self.get_action_choices(request, [])]
        return sorted(found, key=lambda act: act[2])

    def _sheet(self, request: HttpRequest, ending: str) -> HttpResponseBase:
        try:
            shown = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(f"{request.path}?e=1")
        number = self._number_if_long(shown)
        if number and not is_asked_for(request):
            return page_before(
                request, self.admin_site, title=_("%(list)s as a file") % {"list": capfirst(self.opts.verbose_name_plural)},
                number=number, seconds=long_sheets.PACE.seconds(number),
                back=f"{request.path}{question(without(request.GET, SHEET))}",
            )  # fmt: skip
        audit.note(what=audit.What.EXPORTED, by_id=request.user.pk, detail=f"list of {self.opts.label_lower}, {ending}")
        if number:
            address, officer = request.get_full_path(), request.user.pk or 0
            return page_of(long_sheets.start(model=self.model, address=address, ending=ending, by_id=officer))
        return as_file(shown, ending)  # type: ignore[arg-type]

    def _number_if_long(self, shown: Any) -> int:
        """How many rows, where they are more than somebody waits for; nought where they are not."""
        return shown.queryset.count() if long_sheets.PACE.is_long(shown.result_count) else 0

    # What an officer keeps -----------------------------------------------------------------------------------------
    def _keep(self, request: HttpRequest) -> HttpResponse:
        """Columns or a view. Then the same list, with the same filter, order and page."""
        what, officer_id, label = request.POST[KEEP], request.user.pk or 0, self.opts.label_lower
        self.views_of(request)
        query = request.GET
        if what == "view":
            return self._keep_view(request, query)
        if what == "forget_view":
            gone = keeping.forget_view(officer_id=officer_id, label=label, slug=request.POST.get("slug", ""))
            messages.success(request, _("The view is gone.") if gone else _("That view was gone already."))
        else:
            chosen = {"columns": request.POST.getlist("columns"), "all_columns": request.POST.getlist("offered")}
            keeping.keep_columns(officer_id=officer_id, label=label, columns=chosen.get(what, [])[:100])
        return redirect(f"{request.path}{question(without(query, OUT_OF, VIEW))}")

    def _keep_view(self, request: HttpRequest, query: QueryDict) -> HttpResponse:
        try:
            kept = keeping.keep_view(
                officer_id=request.user.pk or 0, label=self.opts.label_lower, name=request.POST.get("name", ""),
                query=kept_part(query), columns=[name for name in request.POST.getlist("offered") if len(name) < 80][:100],
                shared="shared" in request.POST, taken=[one.slug for one in self.list_views],
            )  # fmt: skip
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(request.get_full_path())
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": kept.name})
        return redirect(f"{request.path}{question(_with(QueryDict(), VIEW, kept.slug))}")

    # Acts on all that match ----------------------------------------------------------------------------------------
    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase | None:  # type: ignore[override]
        """An act on all that match is looked at first, with its number; it is done only on what was looked at."""
        name = request.POST.get("action", "")
        if not acts.is_across(request) or name in self.asks_itself or name not in self.get_actions(request):
            return super().response_action(request, queryset)
        found = acts.AllThatMatch.of(request, queryset)
        if not found.may_be_done:
            return self._before(request, name, found)
        return super().response_action(request, queryset.filter(pk__in=found.keys))

    def _before(self, request: HttpRequest, name: str, found: acts.AllThatMatch) -> HttpResponse:
        """The page before the act. What narrows the list is said in words, with the number and some of the rows."""
        shown = self.get_changelist_instance(request)
        samples = self.get_queryset(request).filter(pk__in=found.keys[: acts.SAMPLES])
        act: Label = dict(self.get_action_choices(request, []))[name]
        context = {
            **self.admin_site.each_context(request),
            "title": act,
            "opts": self.opts,
            "cl": shown,
            "found": found,
            "samples": samples,
            "more": found.count - min(found.count, acts.SAMPLES),
            "button": _("%(act)s: %(count)d") % {"act": act, "count": found.count},
            "carried": list(acts.carried(request)),
            "back": question(without(request.GET, ACROSS)),
            "crumbs": [(capfirst(self.opts.verbose_name_plural), question(without(request.GET, ACROSS)))],
        }
        return TemplateResponse(request, "admin/act_on_all.html", context)


def _with(query: QueryDict, name: str, value: str) -> QueryDict:
    made = query.copy()
    made[name] = value
    made.pop("p", None) if name == SHEET else None
    return made


__all__ = ["ListAdmin", "ListView", "models"]
