"""Fifty people want ten places at the same moment, through the real server with several workers, twenty times over."""

import http.cookiejar
import re
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from dataclasses import dataclass

import pytest

from tests.waiting import HANGING

from .portal import Portal

pytestmark = pytest.mark.stack

SLUG = "sample-webinar-multi-designated-sites"
PEOPLE, SEATS, ROUNDS = 50, 10, 20
FRESH_ROUND = f"""
    DELETE FROM events_registrationstep;
    DELETE FROM events_registration;
    DELETE FROM notifications_mail;
    UPDATE activities_activity SET capacity_online = {SEATS} WHERE slug = '{SLUG}'
"""


@dataclass
class Guest:
    """Somebody with the form open: a browser of their own, behind an address of their own."""

    browser: urllib.request.OpenerDirector
    page: str
    hidden: dict[str, str]

    @classmethod
    def opens(cls, portal: Portal, number: int) -> "Guest":
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        browser.addheaders = [("X-Forwarded-For", f"192.0.2.{number}")]
        page = f"http://localhost:{portal.port}/events/{SLUG}/register/"
        text = browser.open(page, timeout=HANGING).read().decode()
        hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|drawn)" value="([^"]+)"', text))
        return cls(browser, page, hidden)

    def registers(self, email: str) -> str:
        """Where the answer leads to; the status where it is none."""
        facts = {
            **self.hidden, "website": "", "name": "Guest", "email": email, "organisation": "Rush", "member_state": "MN",
            "audience": "site", "time_zone": "Asia/Ulaanbaatar", "agrees": "on",
        }  # fmt: skip
        try:
            with self.browser.open(self.page, urllib.parse.urlencode(facts).encode(), timeout=HANGING) as answer:
                return urllib.parse.urlsplit(answer.url).path
        except urllib.error.HTTPError as refused:
            return str(refused.code)


def rush(guests: list[Guest], turn: int) -> list[str]:
    """All send the form together. Where each was led to."""
    gate, led = threading.Barrier(len(guests)), []

    def send(number: int, guest: Guest) -> None:
        gate.wait(HANGING)
        led.append(guest.registers(f"round{turn}guest{number}@demo.invalid"))

    threads = [threading.Thread(target=send, args=[number, guest]) for number, guest in enumerate(guests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANGING)
    return led


def test_ten_places_go_to_ten_and_forty_queue_in_order_every_time(portal: Portal) -> None:
    portal.environ |= {"TRUSTED_PROXY_COUNT": "1", "EABRN_WEB_WORKERS": "3"}
    try:
        portal.start().ready()
        guests = [Guest.opens(portal, number) for number in range(1, PEOPLE + 1)]
        time.sleep(2.1)  # a form that is sent at once is taken for a program's
        for turn in range(ROUNDS):
            portal.sql(FRESH_ROUND)
            assert Counter(rush(guests, turn)) == {f"/events/{SLUG}/register/sent/": PEOPLE}
            states = Counter(state for (state,) in portal.sql("SELECT state FROM events_registration"))
            assert states == {"held": SEATS, "waiting": PEOPLE - SEATS}
            # In the order of the row lock: whoever is written later stands later, and nobody twice.
            queue = portal.sql("SELECT id FROM events_registration WHERE state = 'waiting' ORDER BY queued_at, id")
            assert [key for (key,) in queue] == sorted({key for (key,) in queue})
            held = portal.sql("SELECT max(id) FROM events_registration WHERE state = 'held'")
            assert held[0][0] < queue[0][0]
        assert portal.stop() == 0
    finally:
        for name in ("TRUSTED_PROXY_COUNT", "EABRN_WEB_WORKERS"):
            portal.environ.pop(name)
