from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from .page_places import make_rows


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        """Texts of pages have a row each as soon as there is a table for them."""
        post_migrate.connect(make_rows, sender=self)
