from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GeoparksConfig(AppConfig):
    name = "geoparks"
    verbose_name = _("Geoparks")
