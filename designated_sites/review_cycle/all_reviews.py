"""All reviews and revalidations in one list by the day they are due: sites of every type, as their clocks stand now."""

from collections import Counter
from typing import Any, Final, cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from record_admin.links import change_page
from record_admin.workspace.entries import may, seeing
from record_admin.workspace.pages import WorkPage
from records.listing.lists import page_number
from records.template_context import Context

from ..models import DesignatedSite
from ..models.review_clock import ReviewCycle, ReviewCycleState, by_date
from ..models.reviewed import ClockedQuerySet
from ..site_types import site_types

PER_PAGE: Final = 50
STATES: Final = (
    ReviewCycleState.OVERDUE,
    ReviewCycleState.SUBMITTED,
    ReviewCycleState.DUE,
    ReviewCycleState.SOON,
    ReviewCycleState.DEFERRED,
    ReviewCycleState.NOT_DUE,
    ReviewCycleState.UNKNOWN,
)


def models_seen(request: HttpRequest) -> list[type[DesignatedSite]]:
    """The types of site whose records somebody may see."""
    return [one.sites for one in site_types() if may(request.user, seeing(one.sites))]


class ReviewsPage(WorkPage, TemplateView):
    """By state of the clock, which the address names: `?state=overdue`."""

    title = _("Reviews and revalidations")
    template_name = "admin/designated_sites/reviews.html"

    def refuse_strangers(self) -> None:
        if not models_seen(self.request):
            raise PermissionDenied

    @cached_property
    def cycles(self) -> list[ReviewCycle]:
        now = timezone.now()
        found = (cast(ClockedQuerySet, cast(Any, model).objects.all()) for model in models_seen(self.request))
        return by_date(cycle for sites in found for cycle in sites.clocks(now))

    def get_context_data(self, **kwargs: object) -> Context:
        state = self.request.GET.get("state", "")
        if state and state not in ReviewCycleState.values:
            raise Http404(f"no state {state[:20]!r}")
        numbers = Counter(cycle.state for cycle in self.cycles)
        shown = [cycle for cycle in self.cycles if cycle.state == state] if state else self.cycles
        page = Paginator(shown, PER_PAGE).get_page(page_number(self.request))
        return super().get_context_data(**kwargs) | {
            "states": [(one, numbers[one]) for one in STATES if numbers[one]],
            "state": state,
            "everything": len(self.cycles),
            "page_obj": page,
            "rows": [(cycle, change_page(cycle.site)) for cycle in page.object_list],
        }
