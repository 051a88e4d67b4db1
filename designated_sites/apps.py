from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class DesignatedSitesConfig(AppConfig):
    name = "designated_sites"
    verbose_name = _("Designated sites")

    def ready(self) -> None:
        """Lets the apps above describe their types of site, before others ask for what is told of them."""
        autodiscover_modules("site_type")
