from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RecordAdminConfig(AppConfig):
    name = "record_admin"
    verbose_name = _("Editing of records")

    def ready(self) -> None:
        """Lets every app name its entries of the workspace, and its parts of records."""
        autodiscover_modules("workspace")
