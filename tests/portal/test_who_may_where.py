"""Role x address x method: whoever comes to whichever address by whichever method is answered as the group of the address says,
never by an error, and with nothing about people who are not theirs to see.

Addresses come from the resolver: one that stands in no group, or whose parts nobody has named a record for, fails.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client, client

from accounts.models import Person, User
from search import index as search_index
from tests.people import BACKEND, give_second_factor, signed_in, with_account

from .addresses import Entry, Ground, everywhere
from .groups import GROUPS, OPENS, Group

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
# `unshown`: an officer in a session that has not shown the second factor.
ROLES: Final = (
    "nobody", "stranger", "participant", "steward", "focal_point", "trainer", "unshown", "officer", "administrator",
)  # fmt: skip
OUTSIDE: Final = ROLES[:-2]
INSIDE: Final = ROLES[-2:]
# Pages of the admin that open to administrators, not to officers.
FOR_ADMINISTRATORS: Final = """auth_user_password_change accounts_user_add mfa_authenticator_changelist mfa_authenticator_history
    mfa_authenticator_delete mfa_authenticator_change"""
# Pages that nobody opens by reading them as they stand: buttons, lists that are no list of their own, files of what is not there.
NOT_BY_READING: Final = """logout autocomplete view_on_site notifications_mail_eml notifications_mail_test sheet_look
    trainings_nevertheless trainings_letter events_survey_download events_event_registrations_undo
    designated_sites_designatedsite_changelist geoparks_geopark_pair reserves_biospherereserve_pair accounts_person_pair
    long_work_one long_work_file sheet_to_mend"""
# HEAD is answered by the same code as GET, and a door that is shut to a role is shut before the method is looked at: some show it.
SOME: Final = ("nobody", "participant", "unshown")
# Names, addresses and words of somebody: whose they are. They stand nowhere but on pages of those who may know them.
MARKS: Final = {"Tuya": "participant", "tuya@private.example": "participant", "Zolzaya": "", "How deep?": "participant"}


def sign_of(status: int) -> str:
    """2 opens, 3 leads elsewhere, 4 is not there or not for them, 5 is an error of ours."""
    return str(status)[0]


@dataclass
class Walk:
    """Everybody's browser, and the records that they find."""

    ground: Ground
    clients: dict[str, Client]
    drawn: set[tuple[str, ...]] = field(default_factory=set)
    at: tuple[str, str] = ("", "")  # the pattern and the method of what is asked now

    def ask(self, role: str, method: str, address: str, entry: Entry) -> Any:
        """The answer; whatever it changed is as before, in the database and in the browser."""
        browser = self.clients[role]
        cookies = browser.cookies.copy()
        self.at = (entry.path, method)
        with transaction.atomic():
            answer = browser.generic(method, address)
            answer.words = _words_of(answer)
            transaction.set_rollback(True)
        browser.cookies = cookies
        for (
            close
        ) in answer._resource_closers:  # files; what else closing an answer does would end the test's connection
            close()
        return answer

    def signs(self, method: str, address: str, entry: Entry, roles: tuple[str, ...] = ROLES) -> str:
        return "".join(sign_of(self.ask(role, method, address, entry).status_code) for role in roles)


@pytest.fixture
def walk(
    officer: Person, focal_point: Person, steward: Person, trainer: Person, stranger: Person, administrator: User,
    monkeypatch: pytest.MonkeyPatch, settings: Any,
) -> Walk:  # fmt: skip
    settings.EMAIL_WEBHOOK_SECRET = "user:password"
    give_second_factor(officer.user)
    participant = with_account("tuya@private.example", "Tuya")
    ground = Ground(participant, steward, focal_point, trainer)
    unshown = Client()
    unshown.force_login(officer.user, backend=BACKEND)
    people = {
        "stranger": stranger, "participant": participant, "steward": steward, "focal_point": focal_point, "trainer": trainer,
        "officer": officer,
    }  # fmt: skip
    clients = {who: signed_in(person.user) for who, person in people.items()}
    clients |= {"nobody": Client(), "unshown": unshown, "administrator": signed_in(administrator)}
    for browser in clients.values():
        browser.raise_request_exception = False
        _factor_stays_fresh(browser)
        browser.get("/api/")  # that the session is in use is written down once
    search_index.refresh()
    made = Walk(ground, clients)
    _draw_once(made, monkeypatch)
    return made


def _factor_stays_fresh(browser: Client) -> None:
    """However long the walk takes: before what cannot be undone it is asked for again after five minutes."""
    session = browser.session
    if shown := session.get(AUTHENTICATION_METHODS_SESSION_KEY):
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**one, "at": one["at"] + 24 * 3600} for one in shown]
        session.save()


def _draw_once(made: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is drawn the first time it is shown at an address, and for whoever reads it: drawing takes most of the time. Those of
    the admin are drawn by the tests of the admin."""
    drawn = Template.render

    def once(self: Template, context: Any = None, request: Any = None) -> Any:
        kind = (*made.at, str(self.template.name))
        refused_reader = made.at[1] == "GET" and self.template.name == "404.html"
        if "admin/" in made.at[0] or (kind in made.drawn and not refused_reader):
            return ""
        made.drawn.add(kind)
        return drawn(self, context, request)

    monkeypatch.setattr(Template, "render", once)
    monkeypatch.setattr(client, "store_rendered_templates", lambda *args, **kwargs: None)


def group_of(entry: Entry) -> Group | None:
    found = [group for group in GROUPS if entry.name in group.names]
    assert len(found) < 2, f"{entry.name} stands in several groups"
    return found[0] if found else None


def pages() -> list[Entry]:
    return [entry for entry in everywhere() if not entry.is_admin]


def test_every_address_outside_the_admin_is_of_one_group() -> None:
    of_groups = Counter(name for group in GROUPS for name in group.names)
    assert {name: times for name, times in of_groups.items() if times > 1} == {}
    assert {entry.name for entry in pages()} == set(of_groups)
    assert all(len(sent) == len(ROLES) for group in GROUPS for sent in (group.reading, group.sending))


def test_pages_answer_as_their_group_says(walk: Walk) -> None:
    """GET and HEAD alike, POST with nothing typed."""
    wrong: dict[str, Any] = {}
    for entry in pages():
        group = group_of(entry)
        assert group is not None, entry.name
        address = walk.ground.address(entry)
        answers = [walk.ask(role, "GET", address, entry) for role in ROLES]
        told = {
            role: words
            for role, answer in zip(ROLES, answers, strict=True)
            if (words := told_to(role, answer)) and (sign_of(answer.status_code) != OPENS or group.public)
        }
        got = {
            "GET": "".join(sign_of(answer.status_code) for answer in answers),
            "HEAD": walk.signs("HEAD", address, entry, SOME), "POST": walk.signs("POST", address, entry),
        }  # fmt: skip
        head = "".join(group.head[ROLES.index(role)] for role in SOME)
        if (wanted := {"GET": group.reading, "HEAD": head, "POST": group.sending}) != got or told:
            wrong[entry.name] = {"got": got, "wanted": wanted, "told": told}
    assert wrong == {}, "\n".join(f"{name}: {found}" for name, found in wrong.items())


def _words_of(answer: Any) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode(errors="replace") + answer.headers.get("Location", "")


def told_to(role: str, answer: Any) -> set[str]:
    """The marks of others in an answer."""
    return {mark for mark, whose in MARKS.items() if whose != role and mark in answer.words}


# The admin -----------------------------------------------------------------------------------------------------------
def in_admin() -> list[Entry]:
    return [entry for entry in everywhere() if entry.is_admin]


def test_admin_has_one_door(walk: Walk) -> None:
    """Before anything else is looked at; who is signed in and not of the staff is refused there."""
    wrong = {}
    for entry in in_admin():
        address = walk.ground.address(entry)
        for role in OUTSIDE:
            for method in ("GET", "HEAD", "POST") if role in SOME else ("GET",):
                answer = walk.ask(role, method, address, entry)
                if entry.name == "admin:login":
                    fine = sign_of(answer.status_code) == ("3" if role in ("nobody", "unshown") else "4")
                elif answer.status_code == 301:  # an address of the former edition: the new one has the door
                    fine = answer["Location"].startswith("/admin/")
                else:
                    to = "/admin/" if entry.name == "admin:logout" else "/admin/login/"
                    fine = answer.status_code == 302 and answer["Location"].startswith(to)
                if not fine or told_to(role, answer):
                    wrong[role, method, address] = answer.status_code
    assert wrong == {}


def test_pages_of_the_admin_answer_officers_and_administrators(walk: Walk) -> None:
    """What opens to an officer opens to an administrator; what opens to an administrator alone is named here."""
    found: dict[str, list[str]] = {}
    for entry in in_admin():
        found.setdefault(walk.signs("GET", walk.ground.address(entry), entry, INSIDE), []).append(entry.name)
    assert set(found) == {"22", "33", "42", "44"}
    assert {name.removeprefix("admin:") for name in found["42"]} == set(FOR_ADMINISTRATORS.split())
    # What may be added and deleted by whom stands in a table of its own (tests/admin/test_who_may_everything.py).
    others = {name.removeprefix("admin:") for name in found["44"] if not name.endswith(("_add", "_delete", "_restore"))}
    others.discard("notifications_mail_letter")  # there is one as long as what the mail is about is there
    assert {name for name in others if not name.startswith("admin/")} == set(NOT_BY_READING.split())


@pytest.mark.parametrize("where", ["pages", "admin"])
def test_methods_that_nobody_uses_end_at_the_door(walk: Walk, where: str, django_assert_num_queries: Any) -> None:
    found = Counter()
    with django_assert_num_queries(0):
        for entry in everywhere():
            if entry.is_admin is (where == "admin"):
                address = walk.ground.address(entry)
                for method in ("PUT", "DELETE", "OPTIONS"):
                    for role in ("nobody", "administrator"):
                        found[method, walk.clients[role].generic(method, address).status_code] += 1
    assert set(found) == {("OPTIONS", 204)} | {(name, 405) for name in ("PUT", "DELETE")}
