from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RecordAdminConfig(AppConfig):
    name = "record_admin"
    verbose_name = _("Editing of records")

    def ready(self) -> None:
        """Lets the apps above add their links to the lists of the admin."""
        autodiscover_modules("list_links")
