from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    default = True
    name = "eabrn_portal"


class PortalAdminConfig(AdminConfig):
    default_site = "eabrn_portal.admin_site.PortalAdminSite"
