"""Geoparks as a type of site: how they are found, counted and reviewed, and what of them may be proposed."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from designated_sites.page.public_facts import COMMON, PublicFact, listed
from designated_sites.site_types import Reviews, SiteType, register_site_type
from designated_sites.stewardship.editable_site_types import (
    NAMES_PART,
    SOURCES_PART,
    TEXT_PART,
    designation_part,
    place_part,
)
from records.formats.measures import square_kilometres
from records.listing.state_counts import Source

from .models import Geopark
from .revalidations import is_decided


def _area(hectares: object) -> str:
    return _now("%(number)s km²") % {"number": square_kilometres(Decimal(str(hectares)))}


# What the public history of a geopark tells beside the facts of every site; its area in the unit of its page.
PUBLIC_FACTS: Final = COMMON | {
    "area_ha": PublicFact(_("Total area"), _area),
    "geological_theme_en": PublicFact(_("Geological theme"), str),
    "overlapping_names": PublicFact(_("Overlapping reserves not in the directory"), listed),
}

register_site_type(
    SiteType(
        sites=Geopark,
        title=_("Geoparks"),
        order=11,
        parts=(
            NAMES_PART,
            designation_part(),
            place_part("geological_theme", "overlapping_names"),
            TEXT_PART,
            SOURCES_PART,
        ),
        counts=(
            Source(
                _("Geoparks"),
                lambda: Geopark.objects.published().designated().order_by().values_list("state_codes", flat=True),
                order=20,
                bar="bar-geopark",
            ),
            Source(
                _("Aspiring geoparks"),
                lambda: Geopark.objects.published().aspiring().order_by().values_list("state_codes", flat=True),
                order=30,
            ),
        ),
        reviews=Reviews(
            title=_("Revalidations"),
            is_decided=is_decided,
            reminder="revalidation.reminder",
            reminder_label=_("Reminder of a revalidation"),
            reminder_template="geoparks/revalidation_reminder",
        ),
    )
)
