"""Biosphere reserves as a type of site: how they are found, counted and reviewed, and what of them may be proposed."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from designated_sites.page.public_facts import COMMON, PublicFact, chosen, hectares, listed
from designated_sites.site_types import Reviews, SiteType, register_site_type
from designated_sites.stewardship.editable_site_types import (
    NAMES_PART,
    SOURCES_PART,
    TEXT_PART,
    designation_part,
    place_part,
)
from records.listing.state_counts import Source

from .models import BiosphereReserve
from .reviews import is_decided

# What the public history of a reserve tells beside the facts of every site.
PUBLIC_FACTS: Final = COMMON | {
    "core_ha": PublicFact(_("Core area"), hectares),
    "buffer_ha": PublicFact(_("Buffer zone"), hectares),
    "transition_ha": PublicFact(_("Transition area"), hectares),
    "ecosystem": PublicFact(_("Ecosystem"), chosen(dict(BiosphereReserve.Ecosystem.choices))),
    "extension_years": PublicFact(_("Years of extension"), listed),
}

register_site_type(
    SiteType(
        sites=BiosphereReserve,
        title=_("Biosphere reserves"),
        order=10,
        parts=(
            NAMES_PART,
            designation_part("extension_years"),
            place_part("core_ha", "buffer_ha", "transition_ha", "ecosystem"),
            TEXT_PART,
            SOURCES_PART,
        ),
        counts=(
            Source(
                _("Reserves"),
                lambda: (
                    BiosphereReserve.objects.published().designated().order_by().values_list("state_codes", flat=True)
                ),
                order=10,
                bar="bar-reserve",
            ),
        ),
        reviews=Reviews(
            title=_("Periodic reviews"),
            is_decided=is_decided,
            reminder="review.reminder",
            reminder_label=_("Reminder of a periodic review"),
            reminder_template="reserves/review_reminder",
        ),
    )
)
