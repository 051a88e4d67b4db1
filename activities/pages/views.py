"""What lists and pages of events and of trainings have in common."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.filters import COMING_FIRST, series_of
from network.models import Document, MemberState
from network.states import states_by_code
from network.views import RecordDetailView, StatesListView
from records.formats.countries import country_names
from records.formats.date_formatting import Clocks

from ..icalendar.entries import has_entry
from ..models import times
from ..models.activity import Occasion, OccasionQuerySet, all_of
from ..models.parts import Involvement
from ..models.windows import window_of
from ..timezones.reader_zone import Reader, ReaderZoneMixin, reader_of

SIBLINGS = 6  # of a series, before the reader asks for all


def with_relations(occasions: QuerySet) -> QuerySet:
    """What the page of an occasion prints, in a fixed number of queries."""
    return occasions.select_related("series").prefetch_related(
        "postponements",
        "involvements__partner",
        "site_links__reserve",
        "site_links__geopark",
        "sessions__trainers",
        "programmes",
        Prefetch("member_states", MemberState.objects.order_by("name")),
    )


def groups_of(occasions: Iterable[Any], by_year: bool) -> list[dict[str, Any]]:
    """A page of a list in groups: what is coming, then year by year; in an order by title one group without a heading."""
    if not by_year:
        return [{"title": "", "occasions": list(occasions)}]
    return [
        {"title": _("Coming") if coming else str(year), "occasions": list(group)}
        for (coming, year), group in groupby(
            occasions, lambda one: (one.is_coming, 0 if one.is_coming else one.start_day.year)
        )
    ]


class OccasionListView(ReaderZoneMixin, StatesListView):
    """Coming first, then by year; the list knows the series that it can be narrowed to."""

    def get_queryset(self) -> QuerySet:
        return cast(OccasionQuerySet, super().get_queryset()).with_coming().order_by(*COMING_FIRST)

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return super().get_filterset_kwargs(filterset_class) | {"series": series_of(self.model)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        sort = context["form"].cleaned_data.get("sort") if context["form"].is_valid() else ""
        groups = groups_of(context["page_obj"].object_list, by_year=sort != "title")
        return context | self.zone_context(reader_of(self.request), timezone.now()) | {"groups": groups}


class OccasionView(ReaderZoneMixin, RecordDetailView):
    """The page of one event or training."""

    context_object_name = "occasion"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        occasion: Occasion = self.object
        members = {code: state.name for code, state in states_by_code().items()}
        reader = reader_of(self.request)
        return (
            super().get_context_data(**kwargs)
            | self.zone_context(reader, occasion.starts_at)
            | {
                "clocks": times.on_clocks(occasion),
                "reader_clocks": clocks_of_reader(occasion, reader),
                "capitals": times.start_in_capitals(occasion) if times.has_time(occasion) else [],
                "other_zones": times.start_in_other_zones(occasion) if times.has_time(occasion) else [],
                "window": window_of(occasion),
                "has_entry": has_entry(occasion),
                "bodies": _bodies(occasion),
                "elsewhere": country_names(occasion.other_countries, members),
                "participating": country_names(occasion.participating_codes, members),
                "documents": Document.objects.published().filter(pk__in=occasion.documents.values("pk")),
                "siblings": _siblings(occasion),
            }
        )


def head_of(occasion: Occasion) -> dict[str, Any]:
    """What every page of a registration or application shows of its event or training."""
    return {
        "occasion": occasion, "event": occasion, "window": window_of(occasion), "clocks": times.on_clocks(occasion),
    }  # fmt: skip


def clocks_of_reader(occasion: Occasion, reader: Reader) -> Clocks | None:
    """The time on the reader's clocks, when it differs from that of the place or they asked for it."""
    wanted = reader.zone and (reader.asked or reader.zone != occasion.timezone)
    return times.on_clocks(occasion, reader.zone) if wanted and times.has_time(occasion) else None


def _role(role: str, number: int) -> str:
    """What a role is called over its bodies."""
    if role == Involvement.Role.ORGANISER:
        return ngettext("Organiser", "Organisers", number)
    if role == Involvement.Role.PARTNER:
        return ngettext("Partner", "Partners", number)
    return ngettext("Funder", "Funders", number)


def _bodies(occasion: Any) -> list[dict[str, Any]]:
    """Bodies by their role, in the order organiser, partner, funder."""
    found = list(occasion.involvements.all())
    return [
        {"role": _role(role, len(bodies)), "bodies": bodies}
        for role in Involvement.Role
        if (bodies := [one for one in found if one.role == role])
    ]


def _siblings(occasion: Any) -> QuerySet:
    """Others of the same series, the latest first. The parts of an event stand on its page already."""
    others = all_of(type(occasion)).published().exclude(pk=occasion.pk)
    if occasion.series_id is None:
        return others.none()
    if hasattr(occasion, "parts"):
        others = others.exclude(part_of=occasion.pk)
    return others.filter(series=occasion.series_id).with_coming().latest_first()[:SIBLINGS]
