"""The calendar of reviews: all clocks of the sites one answers for by date, and one of them with its steps and history."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import ListView, TemplateView

from activities.timezones.reader_zone import reader_of
from designated_sites.models.review_clock import PARIS_ZONE, ReviewCycle
from geoparks.models import Geopark
from records.formats.date_formatting import moment_words, zone_words
from records.listing.lists import PAGE, chips, page_number, query_without, without_blanks
from records.template_context import Context
from reserves.models import BiosphereReserve

from ..access import AnsweredSitesPage
from ..own_sites import MODELS
from ..review_clocks import (
    answers_for,
    clocks_in_scope,
    other_designations,
    overlapping,
    sites_answered_for,
    sites_at_the_place,
)
from ..review_filters import ReviewFilterForm


class ReviewsView(AnsweredSitesPage, ListView):
    template_name = "me/reviews.html"
    paginate_by = 25

    @cached_property
    def clocks(self) -> list[ReviewCycle]:
        return clocks_in_scope(self.scope)

    @cached_property
    def form(self) -> ReviewFilterForm:
        states = {code for clock in self.clocks for code in clock.site.state_codes}
        return ReviewFilterForm(without_blanks(self.request.GET), states=states)

    def get_queryset(self) -> Any:
        return self.form.narrowed(self.clocks) if self.form.is_valid() else []

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        page_number(self.request)
        return super().paginate_queryset(queryset, page_size)

    def get_context_data(self, **kwargs: object) -> Context:
        context = super().get_context_data(**kwargs)
        set_filters = chips(self.form, without_blanks(self.request.GET)) if self.form.is_valid() else []
        return context | {
            "form": self.form,
            "found": context["paginator"].count,
            "filtered": bool(set_filters) or not self.form.is_valid(),
            "chips": set_filters,
            "kept": query_without(self.request.GET, PAGE),
            "lines": [(clock, self._at_the_place(clock)) for clock in context["page_obj"]],
        }

    def _at_the_place(self, clock: ReviewCycle) -> list[str]:
        others = overlapping(clock.site, self.scope)
        return [*(other.name for other in others), *other_designations(clock.site, others)]


class ReviewView(AnsweredSitesPage, TemplateView):
    """One site: where its review stands, how earlier ones ended, and the clocks of the same place. Those of sites that
    one does not answer for are named without their dates."""

    template_name = "me/review.html"

    @cached_property
    def site(self) -> BiosphereReserve | Geopark:
        kind, pk = self.kwargs["kind"], self.kwargs["pk"]
        site = sites_answered_for(kind, self.scope).with_outcomes().filter(pk=pk).first() if kind in MODELS else None
        if site is None:
            raise Http404("no such site")
        return site

    def get_context_data(self, **kwargs: object) -> Context:
        site = self.site
        clock = site.clock()
        others = sites_at_the_place(site, self.scope)
        zone = reader_of(self.request).zone or PARIS_ZONE
        until = clock.due_at if clock else None
        under_way = clock.running.pk if clock and clock.running else 0
        admin_url = reverse(f"admin:{site._meta.app_label}_{site._meta.model_name}_change", args=[site.pk])
        return super().get_context_data(**kwargs) | {
            "site": site,
            "clock": clock,
            "own_until": f"{moment_words(until, zone)}, {zone_words(until, zone)}" if until else "",
            "outcomes": getattr(site, site.clock_rows).select_related("document").exclude(pk=under_way),
            "others": [(other, other.clock() if answers_for(other, self.scope) else None) for other in others],
            "designations": other_designations(site, others),
            "admin_url": admin_url if self.scope.all else "",
        }
