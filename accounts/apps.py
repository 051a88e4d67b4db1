from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Lets the sites tell who is steward of what and every app what becomes of two rows of one person, and listens to what
        allauth does."""
        autodiscover_modules("scopes", "merged_persons")
        import_module("accounts.sign_in.signals")
        import_module("accounts.sign_in.grounding").ground()
