from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RecordImportConfig(AppConfig):
    name = "record_import"
    verbose_name = _("Import of records")

    def ready(self) -> None:
        """Lets every app say how its records come out of data files and sheets."""
        autodiscover_modules("loading", "sheets")
