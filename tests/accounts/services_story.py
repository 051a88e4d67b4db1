"""What the first proof of an address does where other services sign people in, in a process of its own with such a service.

allauth's `dummy` is one whose answers are typed into a form: who, with which address, and whether it vouches for it.
"""

import json
import re
import sys
from typing import Any

import django

django.setup()

from django.core import mail  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import Person, User  # noqa: E402
from notifications.delivery import sending  # noqa: E402

VICTIM, OTHER = "victim@example.org", "other@example.org"
THEIRS, OWN = "a-stranger-chose-9-words", "the-owner-chose-these-4"


def by_service(who: int, email: str, vouched: bool) -> Client:
    browser = Client()
    begun = browser.post("/accounts/dummy/login/")
    there = begun["Location"]
    given: dict[str, Any] = {"id": who, "email": email}
    if vouched:
        given["email_verified"] = "on"
    browser.post(there, given)
    return browser


def code_for(email: str) -> str:
    sending.send_due()
    bodies = [str(one.body) for one in mail.outbox if email in one.to]
    return re.findall(r"^ {4}(\d{8})$", "\n".join(bodies), re.MULTILINE)[-1]


def by_code(email: str) -> Client:
    caches["limits"].clear()
    browser = Client()
    browser.post("/accounts/login/code/", {"email": email})
    browser.post("/accounts/login/code/confirm/", {"code": code_for(email)})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/me/").status_code == 200


def services_of(email: str) -> int:
    user: Any = User.objects.get(email=email)
    return int(user.socialaccount_set.count())


def story() -> dict[str, object]:
    found: dict[str, object] = {}
    # A service that does not vouch: the stranger names the victim's address there.
    stranger = by_service(1, VICTIM, vouched=False)
    found["stranger in before the proof"] = is_in(stranger)
    found["service of the stranger"] = services_of(VICTIM)
    found["owner in"] = is_in(by_code(VICTIM))
    found["service after the proof"] = services_of(VICTIM)
    found["stranger in after the proof"] = is_in(stranger) or is_in(by_service(1, VICTIM, vouched=False))
    # One that does: the person comes at once.
    Person.objects.create(name="Known", email=OTHER)
    found["in by a service that vouches"] = is_in(by_service(2, OTHER, vouched=True))
    found["person at once"] = Person.objects.get(email=OTHER).user is not None
    found["in by it again"] = is_in(by_service(2, OTHER, vouched=True))
    # And where a stranger signed up before with a password: no way in by the service alone, the owner proves by code.
    late = "late@example.org"
    Client().post("/accounts/signup/", {"email": late, "password1": THEIRS, "password2": THEIRS})
    found["joined by address alone"] = is_in(by_service(3, late, vouched=True))
    found["owner of the third in"] = is_in(by_code(late))
    again = Client()
    again.post("/accounts/login/", {"login": late, "password": THEIRS})
    found["stranger's password"] = is_in(again)
    return found


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    json.dump(story(), sys.stdout)
