"""What the public history of a geopark tells beside the facts of every site; its area in the unit of its page."""

from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from designated_sites.page.public_facts import COMMON, PublicFact, listed
from records.formats.measures import square_kilometres


def _area(hectares: Any) -> str:
    return _now("%(number)s km²") % {"number": square_kilometres(Decimal(str(hectares)))}


FACTS: Final = COMMON | {
    "area_ha": PublicFact(_("Total area"), _area),
    "geological_theme_en": PublicFact(_("Geological theme"), str),
    "overlapping_names": PublicFact(_("Overlapping reserves not in the directory"), listed),
}
