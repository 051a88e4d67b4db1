"""Signing in through other services: in the portal's look where a setting names one, and nowhere to be seen elsewhere.

A process of its own starts with the setting; it needs no more of a database than a few tables in memory. Packages that only a
talk with the other service needs are stood in for where they are not installed: nobody talks to it here.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

PROJECT = Path(__file__).parents[2]
ORCID = {"orcid": {"client_id": "1", "secret": "2", "host": "https://orcid.org"}}
SCRIPT = """
import json
from types import SimpleNamespace
import django
django.setup()
from allauth.socialaccount.models import SocialAccount, SocialApp
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from accounts.models import User

connection.ensure_connection()
connection.connection.create_collation("C", lambda one, other: (one > other) - (one < other))
with connection.schema_editor() as editor:
    for model in (Session, User, SocialApp, SocialAccount):
        editor.create_model(model)
pages = {}
for path in ("/accounts/login/", "/accounts/signup/", "/accounts/orcid/login/", "/accounts/3rdparty/login/cancelled/",
             "/accounts/3rdparty/login/error/", "/accounts/3rdparty/"):
    answer = Client().get(path)
    pages[path] = [answer.status_code, answer.content.decode()]

class Connected(forms.Form):
    account = forms.ChoiceField(label="Account", choices=[("1", "0000-0001")], widget=forms.RadioSelect)
    accounts = [1]

request = RequestFactory().get("/accounts/3rdparty/")
request.user = AnonymousUser()
named = SimpleNamespace(get_provider=SimpleNamespace(name="ORCID"))
for name, facts in (("connections", {"form": Connected()}), ("connections", {"form": forms.Form()}),
                    ("signup", {"form": Connected(), "account": named})):
    html = render_to_string(f"socialaccount/{name}.html", facts, request)
    pages[f"{name} {len(facts['form'].fields)}"] = [200, html]
print(json.dumps(pages))
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """Status and text of each page where a setting names another service."""
    env = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), "EABRN_TESTING": "1",
        "DJANGO_SETTINGS_MODULE": "eabrn_portal.settings", "DATABASE_URL": "sqlite://:memory:",
        "EABRN_VAR": str(tmp_path_factory.mktemp("var")), "SOCIAL_PROVIDERS": json.dumps(ORCID),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=PROJECT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("page", "status", "words"),
    [
        ("/accounts/login/", 200, "Continue with Orcid.org"),
        ("/accounts/signup/", 200, "Continue with Orcid.org"),
        ("/accounts/orcid/login/", 200, "You leave the portal for Orcid.org"),
        ("/accounts/3rdparty/login/cancelled/", 200, "You ended it at the other service."),
        ("/accounts/3rdparty/login/error/", 401, "The other service did not let us know who you are."),
        ("connections 1", 200, "With these accounts you can sign in here:"),
        ("connections 0", 200, "None yet."),
        ("signup 1", 200, "You come from ORCID. One step is left."),
    ],
)
def test_page_is_in_the_look_of_the_portal(pages: dict[str, list[Any]], page: str, status: int, words: str) -> None:
    found, text = pages[page]
    assert (found, words in text) == (status, True)
    assert 'class="masthead' in text
    assert "third-party" not in text.lower()
    assert '<script src="http' not in text


@pytest.mark.stack
def test_own_services_are_for_who_is_signed_in(pages: dict[str, list[Any]]) -> None:
    assert pages["/accounts/3rdparty/"][0] == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["3rdparty/", "3rdparty/signup/", "3rdparty/login/cancelled/", "3rdparty/login/error/", "orcid/login/"]
)
def test_without_the_setting_there_is_no_such_address(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
def test_without_the_setting_nothing_is_shown(client: Client, path: str) -> None:
    text = client.get(path).content.decode()
    assert ("Continue with" in text, "another service" in text) == (False, False)
