"""Every form of the portal, found by walking the resolver, is pressed, pressed again at once, and once more as after an answer
that was lost on its way: one effect, the same page. What stands outside of the guard is named here with the reason.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlsplit

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import Client, RequestFactory
from django.urls import resolve

from accounts.models import Person, User
from eabrn_portal.sent_forms.traces import Watch
from records import guarded_forms
from search import index as search_index
from tests.people import give_second_factor, signed_in, with_account

from .addresses import Entry, Ground, everywhere
from .forms_on_page import CSRF, forms_of
from .groups import ALL, GROUPS, LEADS_ON, NONE, OPENS
from .test_who_may_where import ROLES

pytestmark = [pytest.mark.sweep, pytest.mark.django_db, pytest.mark.usefixtures("no_contexts")]
# Addresses that ask for no token, so that nothing tells two presses from two acts. Each does a second time what it did before.
OUTSIDE: Final = {
    "mail-reports": "services of mail report here, by a secret: a report that comes twice is known by its number",
    "mail-stop": "one click in a mail program (RFC 8058), which has no page: a topic is switched off",
    "mail-preferences-of": "by the key in the address alone, without cookies: the topics are set as they are ticked",
}
PAGES_OF_RECORDS: Final = ("_changelist", "_delete", "_history", "_preview")
# Pages whose form was accepted as a walker fills it in; the others came back with an error, and are looked at anew each time.
LEAST_THAT_WROTE: Final = 75
LEAST_LISTS: Final = 25


@dataclass
class Pressing:
    """Everybody's browser, and what came of each press by the name of the page on which the form stands."""

    ground: Ground
    clients: dict[str, Client]
    pressed: set[tuple[str, ...]] = field(default_factory=set)
    wrote: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def press(self, client: Client, name: str, address: str, data: dict[str, Any]) -> None:
        """Three times, the third with the cookies of the first. Whatever it did is undone."""
        before = client.cookies.copy()
        with transaction.atomic():
            first, left_trace = watched(client, address, data)
            again, twice = watched(client, address, data) if left_trace else (first, False)
            client.cookies = before.copy()
            lost, thrice = watched(client, address, data) if left_trace else (first, False)
            transaction.set_rollback(True)
        client.cookies = before
        if first.status_code >= 500:
            self.faults.append(f"{name}: {first.status_code} at {address}")
        if left_trace and first.status_code < 400 and not first.streaming:
            self.wrote[name] += 1
            if twice or thrice or not seen(first) == seen(again) == seen(lost):
                self.faults.append(f"{name}: {seen(first)[:2]}, {seen(again)[:2]}, {seen(lost)[:2]} at {address}")


def watched(client: Client, address: str, data: dict[str, Any]) -> tuple[Any, bool]:
    """The answer, and whether it left a trace."""
    for value in data.values():
        for one in value if isinstance(value, list) else [value]:
            if hasattr(one, "seek"):
                one.seek(0)
    watch = Watch()
    with connection.execute_wrapper(watch):
        answer = client.post(address, data)
    end(answer)
    return answer, watch.wrote


def end(answer: Any) -> None:
    """Closes files; what else closing an answer does would end the test's connection."""
    if answer.streaming:
        for close in answer._resource_closers:
            close()


def seen(answer: Any) -> tuple[Any, ...]:
    """What a reader gets of it."""
    return answer.status_code, answer.headers.get("Location"), answer.content


@pytest.fixture
def pressing(
    officer: Person, focal_point: Person, steward: Person, trainer: Person, stranger: Person, administrator: User,
) -> Pressing:  # fmt: skip
    give_second_factor(officer.user)
    Authenticator.objects.update(data={"secret": "JBSWY3DPEHPK3PXP"})  # one against which a code can be held
    participant = with_account("tuya@private.example", "Tuya")
    ground = Ground(participant, steward, focal_point, trainer)
    people = {
        "stranger": stranger, "participant": participant, "steward": steward, "focal_point": focal_point, "trainer": trainer,
        "officer": officer,
    }  # fmt: skip
    clients = {who: signed_in(person.user) for who, person in people.items()}
    clients |= {"nobody": Client(), "administrator": signed_in(administrator)}
    for browser in clients.values():
        browser.raise_request_exception = False
        browser.handler.enforce_csrf_checks = True
        session = browser.session
        if shown := session.get(AUTHENTICATION_METHODS_SESSION_KEY):  # however long it takes
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**one, "at": one["at"] + 24 * 3600} for one in shown]
            session.save()
        browser.get("/accounts/password/reset/")  # that the session is in use is written down
    search_index.refresh()
    return Pressing(ground, clients)


def client_for(pressing: Pressing, entry: Entry) -> Client:
    """Of somebody whom the page is for."""
    signs = next((group.reading for group in GROUPS if entry.name in group.names), "")
    open_to = (role for role, sign in zip(ROLES, signs, strict=False) if sign == OPENS and role != "unshown")
    return pressing.clients["administrator" if entry.is_admin else next(open_to, "nobody")]


def may_hold_a_form(entry: Entry) -> bool:
    """Pages that are kept for everybody hold none: it would set a cookie (`test_what_is_kept`). Those of the admin's lists and of
    deleting hold the same one for each kind of record, and that of the past none."""
    if entry.is_admin:
        return not entry.name.endswith(PAGES_OF_RECORDS)
    group = next(group for group in GROUPS if entry.name in group.names)
    return not (group.public and group.reading == ALL and group.sending == NONE)


def opened(client: Client, address: str) -> Any:
    """A page; what opening it begins is undone."""
    with transaction.atomic():
        page = client.get(address)
        transaction.set_rollback(True)
    end(page)
    return page


def test_every_form_on_every_page(pressing: Pressing, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Template.render
    monkeypatch.setattr(guarded_forms, "LEAST_SECONDS", -1)
    for entry in everywhere():
        if entry.name in OUTSIDE or not may_hold_a_form(entry):
            continue
        client, address = client_for(pressing, entry), pressing.ground.address(entry)
        page = opened(client, address)
        if page.status_code != 200 or page.streaming or not page.headers["Content-Type"].startswith("text/html"):
            continue
        for form in forms_of(page, address):
            key = (urlsplit(form.address).path, *sorted({one.name for one in form.fields}))
            if key in pressing.pressed or resolve(key[0]).url_name in OUTSIDE:
                continue
            pressing.pressed.add(key)
            button = {name: value for name, value, _at in form.buttons[:1] if name}
            if entry.is_admin:  # what an error looks like there is drawn by the tests of the admin
                monkeypatch.setattr(Template, "render", lambda *args, **kwargs: "")
            pressing.press(client, entry.name, form.address, form.filled_in() | button)
            monkeypatch.setattr(Template, "render", drawn)
    assert pressing.faults == []
    assert len(pressing.wrote) >= LEAST_THAT_WROTE, sorted(pressing.wrote)


def test_every_act_on_a_list_and_every_deletion(pressing: Pressing, monkeypatch: pytest.MonkeyPatch) -> None:
    client = pressing.clients["administrator"]
    token = next(iter(forms_of(opened(client, "/admin/password_change/"), "/admin/password_change/"))).token
    monkeypatch.setattr(Template, "render", lambda *args, **kwargs: "")
    for entry in everywhere():
        if not entry.is_admin or not entry.name.endswith(PAGES_OF_RECORDS[:2]):
            continue
        address = pressing.ground.address(entry)
        if entry.name.endswith("_delete"):
            pressing.press(client, entry.name, address, {CSRF: token, "post": "yes"})
            continue
        for act, key in acts_on(pressing, entry):
            pressing.press(
                client, entry.name, address, {CSRF: token, "action": act, "_selected_action": key, "post": "yes"}
            )
    assert pressing.faults == []
    assert len(pressing.wrote) >= LEAST_LISTS, sorted(pressing.wrote)


def acts_on(pressing: Pressing, entry: Entry) -> Iterator[tuple[str, str]]:
    """The acts that a list offers, each with a row to do it to."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(is_superuser=True)
    record = pressing.ground._record_of(entry.path)
    for model, own in admin.site._registry.items():
        if entry.path == f"admin/{model._meta.app_label}/{model._meta.model_name}/":
            yield from ((name, str(record.pk)) for name in own.get_actions(request))


def test_only_what_is_named_asks_for_no_token(pressing: Pressing) -> None:
    """The API is read alone."""
    free = set()
    for entry in everywhere():
        view = resolve(urlsplit(pressing.ground.address(entry)).path).func
        if getattr(view, "csrf_exempt", False) and not entry.name.startswith("api"):
            free.add(entry.name)
    assert free == set(OUTSIDE)


def test_whoever_is_led_to_the_sign_in_finds_what_they_typed(pressing: Pressing) -> None:
    """At every address that is somebody's own, by the cookie of who was signed in last. The admin has one door, tried apart."""
    before, client = pressing.clients["participant"], pressing.clients["nobody"]
    client.cookies["whose"] = before.cookies["whose"].value
    token = next(forms_of(client.get("/accounts/login/"), "/accounts/login/")).token
    lost = []
    for entry in everywhere():
        group = next((group for group in GROUPS if entry.name in group.names), None)
        own = group is not None and group.reading[0] == "3" and group.reading != LEADS_ON
        if not own or entry.name == "account_logout":
            continue
        address = pressing.ground.address(entry)
        with transaction.atomic():
            answer = client.post(address, {CSRF: token, "words": "I count cranes"})
            transaction.set_rollback(True)
        end(answer)
        if answer.status_code != 405 and f"{quote(address)}%3Ftyped%3D" not in answer.headers.get("Location", ""):
            lost.append((entry.name, answer.status_code, answer.headers.get("Location")))
    assert lost == []
