"""Registrations a second, as a ratio to the least that any such page must do: a bare pair of views that draws a form, checks
it, locks the event's row, counts and inserts.

Both go the whole way: GET with the form and its CSRF token, POST with the answers, as a person without an account. Waking the
worker is left out of both: it is a word to the broker.

    python -m tests.bench.bench_registration [registrations]
"""

import datetime as dt
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

from tests.bench import ground

from django import forms  # isort: skip
from django.core import signing
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from accounts.models import Person
from eabrn_portal import urls
from events.models import Event, Registration
from events.registration import forms as register_forms
from notifications import outbox
from records import guarded_forms
from tests.factories import EventFactory, MemberStateFactory

REGISTRATIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 100
GOAL, FLOOR = 0.4, 0.2
SLUG = "bench"
FORM = """{% extends "base.html" %}{% block title %}Bare{% endblock %}{% block main %}<div class="wrap"><h1>Bare</h1>
<form method="post">{% csrf_token %}{{ form }}<button>Send</button></form></div>{% endblock %}"""


class BareForm(forms.Form):
    name = forms.CharField(max_length=150)
    email = forms.EmailField()


@transaction.atomic
def _take(facts: dict[str, str]) -> None:
    event = Event.objects.select_for_update().get(slug=SLUG)
    taken = Registration.objects.filter(event=event, state__in=["held", "confirmed", "offered"]).count()
    person = Person.objects.create(name=facts["name"], email=facts["email"])
    state = "waiting" if event.capacity_online and taken >= event.capacity_online else "held"
    Registration.objects.create(event=event, person=person, state=state, held_until=timezone.now())


def bare(request: HttpRequest) -> HttpResponse:
    form = BareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _take(form.cleaned_data)
        return redirect("/bench/sent/")
    return HttpResponse(engines["django"].from_string(FORM).render({"form": form}, request))


class Urls:
    urlpatterns = [path("bench/register/", bare), *urls.urlpatterns]
    handler404, handler500 = "django.views.defaults.page_not_found", "django.views.defaults.server_error"


def registering(address: str, numbers: Any, **answers: str) -> Callable[[], object]:
    """A new person each time, from the form to the redirect."""

    def register() -> None:
        client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
        page = client.get(address)
        token = client.cookies["csrftoken"].value
        email = f"person{next(numbers)}@example.org"
        signed = signing.TimestampSigner(salt="records.guarded_forms").sign("RegisterForm")
        sent = client.post(
            address,
            {"csrfmiddlewaretoken": token, "name": "Person", "email": email, "drawn": signed, "website": "", **answers},
        )
        if page.status_code != 200 or sent.status_code != 302:
            raise SystemExit(f"{address} answers {page.status_code} and {sent.status_code}; nothing was measured.")

    return register


def main() -> int:
    guarded_forms.LEAST_SECONDS = -1  # type: ignore[misc] # nobody is that quick, but this program
    register_forms.PER_HOST = 10**9  # type: ignore[misc]
    outbox.wake = lambda: None
    with ground.database(), override_settings(ROOT_URLCONF=Urls, PAGE_CACHE_SECONDS=0):
        MemberStateFactory(code="MN")
        now = timezone.now()
        EventFactory(
            slug=SLUG, starts_at=now + dt.timedelta(days=30), format="online", capacity_online=10,
            registration_opens_at=now - dt.timedelta(days=1),
        )  # fmt: skip
        numbers = count()
        ours = registering(
            f"/events/{SLUG}/register/", numbers, organisation="Khuvsgul", member_state="MN", audience="site",
            time_zone="Asia/Ulaanbaatar", agrees="on",
        )  # fmt: skip
        found = ground.rounds({"bare": registering("/bench/register/", numbers), "ours": ours}, REGISTRATIONS)
        cache.clear()
        connection.close()
    pairs = sorted(bare[1] / mine[1] for bare, mine in zip(found["bare"], found["ours"], strict=True))
    figure = pairs[len(pairs) // 2]
    here = sorted(mine[1] for mine in found["ours"])[len(pairs) // 2]
    print(
        f"Registrations a second over a bare pair of views: {figure:.2f} (goal {GOAL}, floor {FLOOR}); {here:.1f} ms here"
    )
    return 0 if figure >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
