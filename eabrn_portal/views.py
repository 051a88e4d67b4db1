"""The home page, the few pages of text, and what machines ask for."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from history.retention import all_kept, all_rules
from network.states import states_by_code

from .home import home_context

FAR: Final = 9999  # sorts a year that is not known last
SECURITY_TXT_HOLDS: Final = dt.timedelta(days=180)


def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; pages about persons and the admin may not."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /me/", "Disallow: /accounts/", "Disallow: /join/"]
    return HttpResponse("\n".join([*lines, f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]), content_type="text/plain")


def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116)."""
    until = (timezone.now() + SECURITY_TXT_HOLDS).date()
    lines = [
        f"Contact: mailto:{settings.SECURITY_EMAIL}",
        f"Expires: {until:%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages: en, zh, ru",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        f"Policy: {settings.SITE_URL}/security/",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def page(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """A page of text that stands in templates/pages/."""

    def view(request: HttpRequest) -> HttpResponse:
        return render(
            request,
            f"pages/{name}.html",
            {"secretariat_email": settings.SECRETARIAT_EMAIL, "security_email": settings.SECURITY_EMAIL},
        )

    return view


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, with the version of the notice and the table of how long."""
    kept = dict.fromkeys(kept.because for kept in all_kept() if kept.people)
    context = {"version": settings.PRIVACY_NOTICE_VERSION, "rules": all_rules(), "kept": kept}
    return render(request, "pages/privacy.html", context)


def about(request: HttpRequest) -> HttpResponse:
    """What the network is, with its members from the records."""
    states = sorted(states_by_code().values(), key=lambda state: (state.joined_year or FAR, state.name))
    return render(request, "pages/about.html", {"states": states})


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", home_context(request))
