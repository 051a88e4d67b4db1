"""What this app adds to pages: the reserves of a member state."""

from django.utils.translation import gettext_lazy as _

from designated_sites.listing.counts import in_words, tally
from designated_sites.listing.list_items import ListItem
from network.models import MemberState
from records.listing.panels import Panel, register

from .models import BiosphereReserve


def reserves_of_state(state: MemberState) -> Panel | None:
    reserves = list(BiosphereReserve.objects.published().in_state(state.code).with_names())
    if not reserves:
        return None
    return Panel(
        key="reserves",
        title=_("Biosphere reserves"),
        note=in_words(tally(BiosphereReserve.kind, (reserve.status for reserve in reserves))),
        template="designated_sites/_panel_of_state.html",
        context={"sites": [ListItem(reserve, []) for reserve in reserves], "list_url": "reserve-list", "state": state},
        order=10,
    )


register(["network.memberstate"], reserves_of_state)
