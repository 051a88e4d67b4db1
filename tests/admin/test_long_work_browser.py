"""The pages of long work in a real browser: wide and on a phone, light and dark; the script looks by itself."""

import datetime as dt
import os
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Person
from notifications import mailings
from record_admin.models import LongWork
from tests.admin.test_browser import Opener, opened
from tests.axe import ALL, broken_rules

__all__ = ["opened"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRONG = [
    {"row": 88, "name": "sample-person-88", "column": "email", "value": "person88@example", "why": "Not an address."},
    {"row": 121, "name": "sample-person-121", "column": "site", "value": "Paektu", "why": "Two sites have this name."},
]


def works(officer: Person) -> dict[str, LongWork]:
    now, ago = timezone.now(), dt.timedelta(minutes=1)
    known: dict[str, Any] = {"officer_id": officer.user.pk, "begun_at": now - ago}
    lacking = {
        "row": 0,
        "name": "Sample Person 17",
        "column": "",
        "value": "",
        "why": "No font has “𓀀”; a box stands there.",
    }
    facts: dict[str, dict[str, Any]] = {
        "runs": {"kind": "certificates", "title": "Certificates: One place, four designations", "state": "runs", "total": 54, "done": 31,
                 "remarks": [lacking], "attempt": 1, "lease_until": now + 99 * ago},
        "waits": {"kind": "list", "title": "Applications, XLSX", "begun_at": None},
        "done": {"kind": "sheet-import", "title": "Import: nominees-2027.xlsx", "state": "done", "total": 140, "done": 140, "left_out": 2,
                 "remarks": WRONG, "outcome": "131 new, 0 changed, 7 unchanged.", "ended_at": now, "ways": [["To the list", "/admin/"]]},
        "failed": {"kind": "committee", "title": "For the committee: Monitoring for managers, PDF", "state": "failed", "total": 41, "done": 18,
                   "outcome": "The file of application T-2027-019 cannot be opened.", "ended_at": now},
        "file": {"kind": "list", "title": "Registrations, CSV", "state": "done", "total": 1061, "done": 1061, "ended_at": now - ago,
                 "file": "long-work/x", "file_name": "registrations.csv"},
    }  # fmt: skip
    return {name: LongWork.objects.create(once=name, **{**known, **one}) for name, one in facts.items()}


def test_how_far_it_is_can_be_read_everywhere_and_comes_by_itself(opened: Opener, officer: Person) -> None:
    found = works(officer)
    mailings.open_mailing(label="Reminder to all", kind="desk.announcement", by_id=officer.user.pk)
    page = opened("/admin/long-work/")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("", f"{found['runs'].pk}/", f"{found['done'].pk}/"):
            opened(f"/admin/long-work/{path}")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                if (width, scheme) in ((1280, "light"), (390, "dark")):
                    assert broken_rules(page, ALL | {"preload": False}) == [], path
                if folder := os.environ.get("EABRN_TEST_SHOTS"):
                    page.screenshot(
                        path=f"{folder}/work-{path.strip('/') or 'all'}-{width}-{scheme}.png", full_page=True
                    )

    opened(f"/admin/long-work/{found['runs'].pk}/")
    stop = page.get_by_role("button", name="Stop after this one")
    stop.focus()
    own = LongWork.objects.filter(pk=found["runs"].pk)
    own.update(done=44)
    expect(page.locator(".figures-line")).to_contain_text("44 of 54")
    expect(stop).to_be_focused()
    expect(page.locator("[data-tells]")).to_have_text("Running: 44 of 54")
    own.update(done=54, state="done", ended_at=timezone.now(), outcome="Nobody has been told yet.")
    expect(page.locator(".job h2")).to_be_focused()
    expect(page.locator(".job")).to_contain_text("Nobody has been told yet.")
    expect(page.get_by_role("link", name="Look again")).to_have_count(0)
