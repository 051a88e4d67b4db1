from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig

from . import error_tracker
from .catalogues import bring_up_to_date
from .monitoring import access, signs_of_life


class PortalConfig(AppConfig):
    default = True
    name = "eabrn_portal"

    def ready(self) -> None:
        signs_of_life.watch()
        access.name_tasks()
        bring_up_to_date([Path(place) for place in settings.LOCALE_PATHS])
        error_tracker.start()


class PortalAdminConfig(AdminConfig):
    default_site = "eabrn_portal.admin_site.PortalAdminSite"
