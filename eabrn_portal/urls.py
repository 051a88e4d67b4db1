"""All addresses of the portal. Pages stand under a language prefix, files, feeds, the API and the admin do not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from . import views

handler500 = "eabrn_portal.failures.failed"

FILES: list[URLPattern | URLResolver] = [
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("robots.txt", views.robots, name="robots"),
    path("admin/", include("eabrn_portal.moved_admin")),
    path("admin/", admin.site.urls),
    path("", include("network.file_urls")),
    path("", include("designated_sites.photos.urls")),
    path("", include("reserves.file_urls")),
    path("", include("geoparks.file_urls")),
    path("", include("events.file_urls")),
    path("", include("trainings.file_urls")),
    path("", include("opendata.file_urls")),
    path("", include("me.file_urls")),
    path("", include("notifications.bounces.urls")),
]
PAGES: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("contact/", views.page("contact"), name="contact"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.page("accessibility"), name="accessibility"),
    path("security/", views.page("security"), name="security"),
    path("terms/", views.page("terms"), name="terms"),
    path("accounts/", include("me.account_urls")),  # before those of allauth, in whose place they stand
    path("accounts/", include("allauth.urls")),
    path("me/", include("me.urls")),
    path("me/", include("notifications.preferences.urls")),
    path("", include("network.urls")),
    path("", include("reserves.urls")),
    path("", include("geoparks.urls")),
    path("", include("events.urls")),
    path("", include("trainings.urls")),
    path("", include("desk.urls")),
    path("", include("opendata.urls")),
]
urlpatterns = [*FILES, *i18n_patterns(*PAGES, prefix_default_language=False)]
