from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        """Lets every app fill the registries of this floor."""
        autodiscover_modules("panels", "search", "state_counts", "personal_data", "list_links")
