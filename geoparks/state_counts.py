"""Geoparks counted in the table of member states, those that aspire to be one apart."""

from django.utils.translation import gettext_lazy as _

from records.listing.state_counts import Source, register

from .models import Geopark

register(
    Source(
        _("Geoparks"),
        lambda: Geopark.objects.published().designated().values_list("state_codes", flat=True),
        order=20,
        bar="bar-geopark",
    )
)
register(
    Source(
        _("Aspiring geoparks"),
        lambda: Geopark.objects.published().aspiring().values_list("state_codes", flat=True),
        order=30,
    )
)
