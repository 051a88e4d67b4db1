"""Both kinds of site under one form: each filter narrows the reserves and the geoparks alike."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from designated_sites.listing.filters import TRANSITION, Choice, Choices, SiteFilterForm
from designated_sites.listing.site_table import Kind
from designated_sites.models import DesignatedSite
from geoparks.filters import GEOPARKS
from geoparks.models import Geopark
from records.template_context import Label
from reserves.filters import RESERVES
from reserves.models import BiosphereReserve

KINDS: Final[dict[str, tuple[type[DesignatedSite], Label]]] = {
    BiosphereReserve.kind: (BiosphereReserve, _("Biosphere reserves")),
    Geopark.kind: (Geopark, _("Geoparks")),
}
BOTH: Final[tuple[Kind, ...]] = (RESERVES, GEOPARKS)


class SitesFilterForm(SiteFilterForm):
    """Only reserves have an ecosystem and a transition area on record: to ask for one leaves out the geoparks."""

    kind = Choices(_("Kind of site"), [(kind, label) for kind, (_model, label) in KINDS.items()])
    ecosystem = Choices(_("Ecosystem of reserves"), BiosphereReserve.Ecosystem.choices)
    transition = Choice(_("Transition area of reserves"), TRANSITION)
