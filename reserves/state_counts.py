"""Reserves counted in the table of member states."""

from django.utils.translation import gettext_lazy as _

from records.listing.state_counts import Source, register

from .models import BiosphereReserve

register(
    Source(
        _("Reserves"),
        lambda: BiosphereReserve.objects.published().designated().values_list("state_codes", flat=True),
        order=10,
        bar="bar-reserve",
    )
)
