"""What lists and pages of events and of trainings have in common."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.models import Document, MemberState
from network.states import states_by_code
from network.views import RecordDetailView, StatesListView
from records.cached import Fragment, cached, drawn
from records.formats.countries import country_names
from records.formats.date_formatting import Clocks
from records.listing.bounded_queries import is_bounded
from records.listing.lists import is_set, without
from records.template_context import Context, Keywords

from ..icalendar.entries import has_entry
from ..models import Activity, ActivityQuerySet, Involvement, times
from ..models.standing import with_rooms
from ..models.windows import first_change, window_of
from ..timezones.reader_zone import ZONE, Reader, ReaderZoneMixin, reader_of
from .filters import COMING_FIRST

SIBLINGS = 6  # of a series, before the reader asks for all


def with_relations(activities: QuerySet) -> QuerySet:
    """What the page of an activity prints, in a fixed number of queries."""
    return activities.select_related("series").prefetch_related(
        "postponements",
        "involvements__partner",
        "site_links__site",
        "sessions__trainers",
        "programmes",
        Prefetch("member_states", MemberState.objects.order_by("name")),
    )


def groups_of(activities: Iterable[Any], by_year: bool) -> list[Context]:
    """A page of a list in groups: what is coming, then year by year; in an order by title one group without a heading."""
    if not by_year:
        return [{"title": "", "activities": list(activities)}]
    return [
        {"title": _("Coming") if coming else str(year), "activities": list(group)}
        for (coming, year), group in groupby(
            activities, lambda one: (one.is_coming, 0 if one.is_coming else one.start_day.year)
        )
    ]


class ActivityListView(ReaderZoneMixin, StatesListView):
    """Coming first, then by year; the list knows the series that it can be narrowed to."""

    def series(self) -> dict[str, str]:
        """Names of series by slug."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet:
        return cast(ActivityQuerySet, super().get_queryset()).with_coming().order_by(*COMING_FIRST)

    def get_filterset_kwargs(self, filterset_class: object) -> Keywords:
        return super().get_filterset_kwargs(filterset_class) | {
            "series": cached("series", self.version, self.series, self.model._meta.label_lower)
        }

    def get_context_data(self, **kwargs: object) -> Context:
        context = super().get_context_data(**kwargs)
        reader = reader_of(self.request)
        return context | self.zone_context(reader, timezone.now()) | {"lines": self._lines(context, reader.zone)}

    def _lines(self, context: Context, zone: str) -> SafeString:
        """A page of the list, told on the clocks of a zone: the same for all who ask for it. Nothing is found by a wrong
        filter."""
        form, page, label = context["form"], context["page_obj"], self.model._meta.label_lower
        if not form.is_valid():
            return SafeString()
        asked = sorted((name, value) for name, value in form.cleaned_data.items() if is_set(value))

        def draw() -> Fragment:
            groups = groups_of(with_rooms(page.object_list), by_year=form.cleaned_data.get("sort") != "title")
            shown = {"groups": groups, "states": self.states, "reader": Reader(zone)}
            return Fragment(
                drawn("activities/list_lines.html", shown), first_change(self.model.objects.published().coming())
            )

        if not is_bounded(without(self.request.GET, ZONE), form):
            return draw().html
        made_from = label, asked, page.number, zone
        return cached("activities", self.version, draw, *made_from, until=lambda lines: lines.until).html


class ActivityView(ReaderZoneMixin, RecordDetailView):
    """The page of one event or training."""

    context_object_name = "activity"

    def get_context_data(self, **kwargs: object) -> Context:
        activity: Activity = self.object
        members = {code: state.name for code, state in states_by_code().items()}
        reader = reader_of(self.request)
        return (
            super().get_context_data(**kwargs)
            | self.zone_context(reader, activity.starts_at)
            | {
                "clocks": times.on_clocks(activity),
                "reader_clocks": clocks_of_reader(activity, reader),
                "capitals": times.start_in_capitals(activity) if times.has_time(activity) else [],
                "other_zones": times.start_in_other_zones(activity) if times.has_time(activity) else [],
                "window": window_of(activity),
                "has_entry": has_entry(activity),
                "bodies": _bodies(activity),
                "elsewhere": country_names(activity.other_countries, members),
                "participating": country_names(activity.participating_codes, members),
                "documents": Document.objects.published().filter(pk__in=activity.documents.values("pk")),
                "siblings": _siblings(activity),
            }
        )


def head_of(activity: Activity) -> dict[str, object]:
    """What every page of a registration or application shows of its event or training."""
    return {
        "activity": activity, "event": activity, "window": window_of(activity), "clocks": times.on_clocks(activity),
    }  # fmt: skip


def clocks_of_reader(activity: Activity, reader: Reader) -> Clocks | None:
    """The time on the reader's clocks, when it differs from that of the place or they asked for it."""
    wanted = reader.zone and (reader.asked or reader.zone != activity.timezone)
    return times.on_clocks(activity, reader.zone) if wanted and times.has_time(activity) else None


def _role(role: str, number: int) -> str:
    """What a role is called over its bodies."""
    if role == Involvement.Role.ORGANISER:
        return ngettext("Organiser", "Organisers", number)
    if role == Involvement.Role.PARTNER:
        return ngettext("Partner", "Partners", number)
    return ngettext("Funder", "Funders", number)


def _bodies(activity: Activity) -> list[dict[str, object]]:
    """Bodies by their role, in the order organiser, partner, funder."""
    found = list(activity.involvements.all())
    return [
        {"role": _role(role, len(bodies)), "bodies": bodies}
        for role in Involvement.Role
        if (bodies := [one for one in found if one.role == role])
    ]


def _siblings(activity: Any) -> list[Activity]:
    """Others of the same series, the latest first. The parts of an event stand on its page already."""
    others = type(activity).objects.published().exclude(pk=activity.pk)
    if activity.series_id is None:
        return []
    if hasattr(activity, "parts"):
        others = others.exclude(part_of=activity.pk)
    return with_rooms(others.filter(series=activity.series_id).with_coming().latest_first()[:SIBLINGS])
