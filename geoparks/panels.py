"""What this app adds to pages: the geoparks of a member state, and those that overlap a reserve."""

from django.utils.translation import gettext_lazy as _

from designated_sites.listing.counts import in_words, tally
from designated_sites.listing.list_items import ListItem
from network.models import MemberState
from records.listing.panels import Panel, register
from reserves.models import BiosphereReserve

from .models import Geopark


def geoparks_of_state(state: MemberState) -> Panel | None:
    geoparks = list(Geopark.objects.published().in_state(state.code).with_names())
    if not geoparks:
        return None
    return Panel(
        key="geoparks",
        title=_("Geoparks"),
        note=in_words(tally(Geopark.kind, (geopark.status for geopark in geoparks))),
        template="designated_sites/_panel_of_state.html",
        context={"sites": [ListItem(geopark, []) for geopark in geoparks], "list_url": "geopark-list", "state": state},
        order=11,
    )


def geoparks_of_reserve(reserve: BiosphereReserve) -> Panel | None:
    geoparks = list(Geopark.objects.published().filter(overlapping_reserves=reserve).with_names())
    if not geoparks:
        return None
    return Panel(
        key="geoparks",
        title=_("Overlapping geoparks"),
        note=_("A geopark that lies in the reserve or shares ground with it."),
        template="geoparks/_panel_of_reserve.html",
        context={"sites": [ListItem(geopark, []) for geopark in geoparks]},
        order=10,
    )


register(["network.memberstate"], geoparks_of_state)
register(["reserves.biospherereserve"], geoparks_of_reserve)
