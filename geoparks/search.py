"""What of this app the search over everything finds."""

from django.utils.translation import gettext_lazy as _

from directory.search import Source, register

from .models import Geopark

register(Source("geopark", _("Geoparks"), lambda query: Geopark.objects.published().matching(query), order=11))
