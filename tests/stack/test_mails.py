"""A mail from the form in a browser to the file it becomes, by the real worker; and what a fault leaves of it."""

import http.cookiejar
import re
import shutil
import urllib.parse
import urllib.request
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from embedded.redis_server import Redis
from tests.waiting import HANGING, wait_for

from .portal import Portal

pytestmark = pytest.mark.stack

WAITING = """
    INSERT INTO notifications_mail (kind, subject_label, subject_id, recipient_key, occurrence, email, due, created_at)
    VALUES ('accounts.no_account', 'accounts.nobody', 0, 'address:{name}', '', '{name}@demo.invalid', now(), now())
"""


def sign_up(portal: Portal, email: str) -> urllib.request.OpenerDirector:
    """Fills the form as a browser without a script does."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = f"http://localhost:{portal.port}/accounts/signup/"
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', browser.open(page, timeout=HANGING).read())
    facts = {"csrfmiddlewaretoken": token[1].decode(), "email": email}
    facts |= {"password1": "correct-horse-battery", "password2": "correct-horse-battery"}
    with browser.open(page, urllib.parse.urlencode(facts).encode(), timeout=HANGING) as answer:
        assert answer.url.endswith("/accounts/confirm-email/")
    return browser


def mails_to(portal: Portal, email: str) -> list[Path]:
    return [file for file in (portal.var / "mail").glob("*.eml") if f"To: {email}" in file.read_text(errors="replace")]


def arrives(portal: Portal, email: str) -> Path:
    wait_for(f"a mail to {email}", lambda: bool(mails_to(portal, email)))
    [file] = mails_to(portal, email)
    return file


def test_code_reaches_the_reader_and_confirms_the_address(running: Portal) -> None:
    browser = sign_up(running, "ranger@demo.invalid")
    message = message_from_bytes(arrives(running, "ranger@demo.invalid").read_bytes(), policy=policy.default)
    code = re.search(r"^ {4}(\d{8})$", message.get_body(["plain"]).get_content(), re.MULTILINE)[1]
    page = f"http://localhost:{running.port}/accounts/confirm-email/"
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', browser.open(page, timeout=HANGING).read())
    facts = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1].decode(), "code": code})
    with browser.open(page, facts.encode(), timeout=HANGING) as answer:
        assert urllib.parse.urlsplit(answer.url).path == "/me/"
    wait_for(
        "the row says sent",
        lambda: (
            running.sql("SELECT state, sealed FROM notifications_mail WHERE email = 'ranger@demo.invalid'")
            == [("sent", "")]
        ),
    )
    assert running.sql("SELECT verified FROM account_emailaddress WHERE email = 'ranger@demo.invalid'") == [(True,)]


def test_mail_outlives_the_queue_and_the_worker(portal: Portal) -> None:
    """Rows that no task announces: written past the application, the queue emptied, the worker killed."""
    portal.start().ready()
    portal.sql(WAITING.format(name="quiet"))
    redis = Redis(portal.server.places, tags={})
    redis_gone = redis.data / "appendonlydir"
    portal.kill(portal.processes())
    shutil.rmtree(redis_gone)
    portal.start().ready()
    arrives(portal, "quiet@demo.invalid")
    assert portal.stop() == 0
