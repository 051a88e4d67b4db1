"""A person at a browser without a screen: opens pages, fills in forms as they stand there, sends them."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.core.cache import cache
from django.test import Client, client

from . import varying
from .ground import Clock

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class _Forms(HTMLParser):
    """The forms of a page, each with what a browser would send if nobody touched it."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._form: dict[str, Any] | None = None
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = {"action": facts.get("action", ""), "method": facts.get("method", "get"), "data": {}}
            self.forms.append(self._form)
        if self._form is None:
            return
        data, name = self._form["data"], facts.get("name", "")
        if tag in ("input", "button") and name and facts.get("type") != "file":
            kind = facts.get("type", "text" if tag == "input" else "submit")
            if kind in ("submit", "button"):
                data.setdefault("buttons", {}).setdefault(name, []).append(facts.get("value", ""))
            elif kind not in ("checkbox", "radio") or "checked" in facts:
                data.setdefault(name, []).append(facts.get("value", "on" if kind == "checkbox" else ""))
            else:
                data.setdefault(name, [])
        elif tag == "textarea" and name:
            self._area, data[name] = name, [""]
        elif tag == "select" and name:
            self._select, data[name] = name, []
            self._first: str | None = None
            self._many = "multiple" in facts
        elif tag == "option" and self._select:
            self._first = facts.get("value", "") if self._first is None else self._first
            if "selected" in facts:
                data[self._select].append(facts.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select" and self._form is not None and self._select:
            if not self._form["data"][self._select] and not self._many and self._first is not None:
                self._form["data"][self._select] = [self._first]
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form["data"][self._area][0] += data


# The test client copies the context of every template of every page: nobody asks for it here.
client.store_rendered_templates = lambda *args, **kwargs: None


class Browser:
    """One person, signed in or not."""

    def __init__(self, clock: Clock, user: Any = None) -> None:
        self.client, self.clock, self.sent = Client(), clock, 0
        if user is not None:
            self.client.force_login(user, backend=BACKEND)

    def get(self, address: str) -> Any:
        return self.client.get(address.removeprefix("http://localhost:8000").removeprefix("http://testserver"))

    def send(self, address: str, *, has: str, button: tuple[str, str] | None = None, **values: Any) -> Any:
        """Opens a page, fills in the form that has a field or button of this name, waits a little and sends it."""
        page = self.get(address)
        assert page.status_code == 200, f"{address} answered {page.status_code}"
        return self.send_this(page, address, has=has, button=button, **values)

    def send_this(
        self, page: Any, address: str, *, has: str, button: tuple[str, str] | None = None, **values: Any
    ) -> Any:
        reading = _Forms()
        reading.feed(page.content.decode())
        fitting = [one for one in reading.forms if has in one["data"] or has in one["data"].get("buttons", {})]
        if button:
            fitting = [one for one in fitting if button[1] in one["data"].get("buttons", {}).get(button[0], [])]
        assert fitting, f"{address} has no form with {has}: {[list(one['data']) for one in reading.forms]}"
        form = fitting[0]
        data = {name: list(value) for name, value in form["data"].items() if name != "buttons"}
        data |= {name: value if isinstance(value, list) else [value] for name, value in values.items()}
        if button:
            data[button[0]] = [button[1]]
        cache.clear()  # allowances are counted there
        self.clock.on(20)
        self.sent += 1
        self.clock.chance.begin(f"{varying.address(address)} {has} {self.sent}")
        where = urljoin(address.removeprefix("http://localhost:8000"), form["action"])
        answer = self.client.post(where, data)
        assert answer.status_code in (302, 303), f"{where} refused: {_errors(answer)}"
        return answer


def _errors(answer: Any) -> str:
    text = answer.content.decode(errors="replace")
    found = re.findall(r'class="[^"]*(?:error|problem)[^"]*"[^>]*>(.{0,400})', text, re.S)
    return f"{answer.status_code} " + " / ".join(re.sub(r"<[^>]+>|\s+", " ", part) for part in found[:6])
