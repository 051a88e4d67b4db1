from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Lets the apps tell which kinds of mail they send, what the clock asks of them, and what calling a mailing back undoes."""
        autodiscover_modules("mails", "planned", "called_back")
