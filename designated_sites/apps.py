from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesignatedSitesConfig(AppConfig):
    name = "designated_sites"
    verbose_name = _("Designated sites")
