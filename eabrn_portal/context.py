"""What the frame of every page needs: navigation and languages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.language_of_address import language_of_reader

NAVIGATION: tuple[tuple[str, Callable[[], str]], ...] = (
    ("reserve-list", lambda: _("Reserves")),
    ("geopark-list", lambda: _("Geoparks")),
    ("map", lambda: _("Map")),
    ("event-list", lambda: _("Events")),
    ("training-list", lambda: _("Trainings")),
    ("document-list", lambda: _("Documents")),
    ("memberstate-list", lambda: _("Network")),
)
# Sections of the site that stand under one entry of the navigation
UNDER_NETWORK = ("/member-states/", "/partners/", "/programmes/", "/statistics/", "/about/")


def frame(request: HttpRequest) -> dict[str, object]:
    """Navigation with the present section marked, and the languages in which the page exists."""
    path = request.path_info
    waiting = getattr(request, "waiting_language", None)
    spoken = language_of_reader()
    bare = path if spoken == settings.LANGUAGE_CODE else "/" + path.removeprefix(f"/{spoken}").removeprefix("/")
    nav = []
    for name, label in NAVIGATION:
        url = reverse(name)
        current = path.startswith(url) or (name == "memberstate-list" and bare.startswith(UNDER_NETWORK))
        nav.append({"url": url, "label": label(), "current": current})
    languages = [
        {
            "code": code,
            "name": name,
            "url": bare if code == "en" else f"/{code}{bare}",
            "current": code == get_language(),
        }
        for code, name in settings.LANGUAGES
        if code in settings.COMPLETE_LANGUAGES
    ]
    return {
        "frame": {
            "nav": nav,
            "languages": languages,
            "site_name": settings.SITE_NAME,
            "incomplete_language": dict(settings.LANGUAGES).get(waiting) if waiting else None,
            "incomplete_code": waiting,
            "canonical": settings.SITE_URL + bare,
            "local_mail": settings.LOCAL,
        }
    }
