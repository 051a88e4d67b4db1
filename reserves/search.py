"""What of this app the search over everything finds."""

from django.utils.translation import gettext_lazy as _

from directory.search import Source, register

from .models import BiosphereReserve

register(
    Source(
        "reserve", _("Biosphere reserves"), lambda query: BiosphereReserve.objects.published().matching(query), order=10
    )
)
