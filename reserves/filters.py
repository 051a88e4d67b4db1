"""How the list of biosphere reserves is narrowed."""

from django.db.models import Case, F, Value, When
from django.utils.translation import gettext_lazy as _

from designated_sites.listing.filters import TRANSITION, Choice, Choices, SiteFilterForm, others_than
from designated_sites.listing.site_table import Kind
from records.formats.vocabulary import Designation

from .models import BiosphereReserve

# A reserve without a transition area and one whose transition area is not known are recorded alike, as no figure.
RESERVES = Kind(
    BiosphereReserve,
    ecosystem=F("biospherereserve__ecosystem"),
    transition=Case(When(biospherereserve__transition_ha__gt=0, then=Value(True)), default=Value(False)),
)


class ReserveFilterForm(SiteFilterForm):
    ecosystem = Choices(_("Ecosystem"), BiosphereReserve.Ecosystem.choices)
    designation = Choices(_("Also designated as"), others_than(Designation.BIOSPHERE_RESERVE))
    transition = Choice(_("Transition area"), TRANSITION)
