from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordAdminConfig(AppConfig):
    name = "record_admin"
    verbose_name = _("Editing of records")
