"""What every answer carries, and what production insists on before it starts."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client

from embedded.places import PROJECT
from tests.factories import BiosphereReserveFactory

PRODUCTION = {
    "SITE_URL": "https://portal.example",
    "TRUSTED_PROXY_COUNT": "1",
    "ALLOWED_HOSTS": "portal.example",
    "SECRET_KEY": "k" * 60,
    "DATABASE_URL": "postgres://portal@/portal?host=/nonexistent",
}
SHOWN = """
import json, django
django.setup()
from django.test import Client
from django.conf import settings
answer = Client().get("/robots.txt", secure=True, HTTP_HOST="portal.example")
plain = Client().get("/robots.txt", HTTP_HOST="portal.example")
print(json.dumps({
    "hsts": answer.headers["Strict-Transport-Security"],
    "redirect": [plain.status_code, plain.headers["Location"]],
    "cookies": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE],
    "readable": [settings.SESSION_COOKIE_HTTPONLY, settings.CSRF_COOKIE_HTTPONLY],
    "debug": settings.DEBUG, "embedded": settings.EMBEDDED, "local": settings.LOCAL, "mfa": settings.STAFF_MFA,
    "sitemap": answer.content.decode().splitlines()[-1],
}))
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/reserves/", 200),
        ("/reserves/one/", 200),
        ("/reserves/nothing/", 404),
        ("/reserves/export.csv", 200),
        ("/map/", 200),
        ("/accounts/login/", 200),
        ("/accounts/signup/", 200),
        ("/admin/", 302),
        ("/admin/login/", 302),
        ("/api/docs", 200),
        ("/.well-known/security.txt", 200),
        ("/robots.txt", 200),
        ("/a%00b", 404),
    ],
)
def test_every_answer_lets_nothing_in_from_elsewhere(client: Client, path: str, status: int) -> None:
    BiosphereReserveFactory(slug="one")
    response = client.get(path)
    assert response.status_code == status
    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


def in_production(code: str, **given: str) -> subprocess.CompletedProcess[str]:
    env = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "eabrn_portal.settings",
        "EABRN_VAR": str(project.VAR_DIR),
    }
    wanted = {name: value for name, value in {**env, **PRODUCTION, **given}.items() if value}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=wanted, capture_output=True, text=True, check=False
    )


@pytest.mark.stack
def test_production_speaks_https_only() -> None:
    done = in_production(SHOWN)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "hsts": "max-age=31536000; includeSubDomains; preload",
        "redirect": [301, "https://portal.example/robots.txt"],
        "cookies": [True, True, True],
        "readable": [True, True],
        "debug": False,
        "embedded": False,
        "local": False,
        "mfa": "required",
        "sitemap": "Sitemap: https://portal.example/sitemap.xml",
    }


@pytest.mark.stack
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set."),
        ({"SITE_URL": ""}, "SITE_URL is not set to the portal's https:// address."),
        ({"SITE_URL": "http://portal.example"}, "SITE_URL is not set to the portal's https:// address."),
        ({"EABRN_STAFF_MFA": "optional"}, "EABRN_STAFF_MFA=optional exists only in the embedded default"),
        ({"EABRN_STAFF_MFA": "never"}, "EABRN_STAFF_MFA is `required` or `optional`."),
    ],
)
def test_production_refuses_to_start_without(given: dict[str, str], words: str) -> None:
    done = in_production("import django; django.setup()", **given)
    assert done.returncode == 1
    assert words in done.stderr.splitlines()[-1]


@pytest.mark.django_db
def test_server_error_is_a_page_of_ours_and_tells_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **options: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("eabrn_portal.views.states_by_code", fail)
    client.raise_request_exception = False
    response = client.get("/about/")
    text = response.content.decode()
    assert response.status_code == 500
    assert "secret detail" not in text
    assert '<html lang="en"' in text
    assert "</html>" in text
