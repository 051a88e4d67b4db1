from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from .map.base_map import check_tiles


class OpendataConfig(AppConfig):
    name = "opendata"
    verbose_name = _("Open data")

    def ready(self) -> None:
        register(check_tiles)
