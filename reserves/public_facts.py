"""What the public history of a reserve tells beside the facts of every site."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from designated_sites.page.public_facts import COMMON, PublicFact, chosen, hectares, listed

from .models import BiosphereReserve

FACTS: Final = COMMON | {
    "core_ha": PublicFact(_("Core area"), hectares),
    "buffer_ha": PublicFact(_("Buffer zone"), hectares),
    "transition_ha": PublicFact(_("Transition area"), hectares),
    "ecosystem": PublicFact(_("Ecosystem"), chosen(dict(BiosphereReserve.Ecosystem.choices))),
    "extension_years": PublicFact(_("Years of extension"), listed),
}
