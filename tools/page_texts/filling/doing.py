"""What people do on the portal's pages, by their forms, and what the clock does afterwards."""

import re

from django.conf import settings
from django.core import mail

from eabrn_portal.celery import app

from ..browsing import Browser
from ..ground import Clock
from ..names import one
from .people import Cast

WEBINAR, TRAINING = "sample-webinar-multi-designated-sites", "sample-training-mountain-lake-monitoring"


def fill(cast: Cast, clock: Clock) -> None:
    _guest(clock)
    _own_pages(cast, clock)
    _states(cast, clock)
    _steward(cast, clock)


def by_the_clock() -> None:
    """What beat would have asked for by now, until nothing is left to send."""
    app.loader.import_default_modules()
    names = {title: entry["task"] for title, entry in settings.CELERY_BEAT_SCHEDULE.items()}
    app.tasks[names["do what the clock asks"]]()
    for _pass in range(3):
        app.tasks[names["poll the outbox"]]()
    app.tasks[names["keep the search in step"]]()


def _guest(clock: Clock) -> None:
    """Somebody without an account registers and confirms by the mail; asks for an offer; asks for an account."""
    guest = Browser(clock)
    facts = {
        "name": "Guest One",
        "email": "guest@example.org",
        "organisation": "A park",
        "audience": "site",
        "agrees": "on",
    }
    guest.send(f"/events/{WEBINAR}/register/", has="audience", **facts)
    by_the_clock()
    address = _link(r"https?://\S+/register/\S+/")
    guest.send(address, has="act", button=("act", "confirm"))
    offer = {
        "name": "Guest One",
        "email": "guest@example.org",
        "organisation": "A park",
        "message": "Please help.",
        "agrees": "on",
    }
    guest.send("/programmes/offer-lakes/ask/", has="message", **offer)


def _link(pattern: str) -> str:
    for sent in reversed(mail.outbox):
        if found := re.search(pattern, str(sent.body)):
            return found[0]
    raise AssertionError(f"No mail has {pattern}: {[sent.subject for sent in mail.outbox]}")


def _own_pages(cast: Cast, clock: Clock) -> None:
    """Somebody with an account registers, asks for a calendar of their own, applies, and asks for a role."""
    participant = Browser(clock, cast.participant.user)
    participant.send(
        f"/events/{WEBINAR}/register/", has="audience", audience="academia", organisation="Khuvsgul Lake", agrees="on"
    )
    participant.send("/me/calendar/", has="do", button=("do", "renew"))
    answers = {
        "q-work": "Monitoring of water",
        "q-monitored": "yes",
        "q-years": "4",
        "q-place": "lake",
        "position": "Manager",
    }
    apply = f"/trainings/{TRAINING}/apply/"
    participant.send(
        apply,
        has="wanted_class",
        button=("do", "check"),
        wanted_class=_choice(participant, apply, "wanted_class"),
        **answers,
    )
    participant.send(f"{apply}check/", has="csrfmiddlewaretoken", button=None)
    participant.send("/me/roles/ask/", has="role", role="trainer", message="I have taught for years.")


def _choice(person: Browser, address: str, name: str) -> str:
    """The first value that a field offers."""
    found = re.search(
        rf'name="{name}"[^>]*value="(\w+)"|value="(\w+)"[^>]*name="{name}"', person.get(address).content.decode()
    )
    assert found, f"{address} offers nothing for {name}"
    return found[1] or found[2]


def _states(cast: Cast, clock: Clock) -> None:
    """The focal point registers somebody without an address, and speaks for an application."""
    focal_point = Browser(clock, cast.focal_point.user)
    sample = one("Event", slug=WEBINAR)
    focal_point.send(
        f"/me/people/{cast.ranger.pk}/register/", has="event", event=str(sample.pk), presence="online", audience="site"
    )
    reference = one("Application", training__slug=TRAINING, person=cast.participant).reference
    focal_point.send(f"/me/applications/{TRAINING}/{reference}/", has="decision", decision="endorse")


def _steward(cast: Cast, clock: Clock) -> None:
    """The steward keeps one draft of a proposal, which nobody else sees."""
    steward = Browser(clock, cast.steward.user)
    steward.send(
        "/me/sites/reserve/khuvsgul-lake/propose/", has="website", website="https://khuvsgul.example.org/", reason="A new address",
        button=("do", "keep"),
    )  # fmt: skip
