"""A browser without a screen: reads a form as it stands on the page, and sends it."""

from html.parser import HTMLParser
from typing import Any

from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse

# What an officer writes when figures or the status of a record change.
WHY = {"reason_for_change": "Counted anew"}


class _Form(HTMLParser):
    """Collects what a browser would send for the main form of an admin page if nobody touched it."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self.inside = False
        self.textarea: str | None = None
        self.select: str | None = None
        self.selected = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        facts = dict(attributes)
        if tag == "form":
            self.inside = (facts.get("id") or "").endswith("_form")
        name = facts.get("name")
        if not self.inside:
            return
        if tag == "input" and name and facts.get("type") not in ("submit", "file", "button"):
            if facts.get("type") not in ("checkbox", "radio") or "checked" in facts:
                self.data.setdefault(name, []).append(
                    facts.get("value") or ("on" if facts.get("type") == "checkbox" else "")
                )
        elif tag == "textarea" and name:
            self.textarea = name
            self.data[name] = [""]
        elif tag == "select" and name:
            self.select, self.first, self.multiple = name, None, "multiple" in facts
            self.chosen: list[str] = []
        elif tag == "option" and self.select:
            value = facts.get("value") or ""
            self.first = value if self.first is None else self.first
            if "selected" in facts:
                self.chosen.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.textarea = None
        elif tag == "select" and self.select:
            default = [] if self.multiple or self.first is None else [self.first]
            self.data[self.select] = self.chosen or default
            self.select = None

    def handle_data(self, text: str) -> None:
        if self.textarea:
            self.data[self.textarea][0] += text


def fields_of(html: str) -> dict[str, list[str]]:
    """The fields of the form on a page; text areas with the line ends a browser sends."""
    form = _Form()
    form.feed(html)
    sent = {name: [value.removeprefix("\n") for value in values] for name, values in form.data.items()}
    return {
        name: [value.replace("\r\n", "\n").replace("\n", "\r\n") for value in values]
        for name, values in sent.items()
        if "__prefix__" not in name and name != "csrfmiddlewaretoken"
    }


def address(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{page}", args=args)


def room_of(record: models.Model) -> type[models.Model]:
    """The model under which the admin shows a record: its own, or one without a table that shows those of one type."""
    rooms = (one for one in admin.site._registry if one._meta.concrete_model is record._meta.concrete_model)
    if admin.site.is_registered(type(record)):
        return type(record)
    return next(one for one in rooms if one._default_manager.filter(pk=record.pk).exists())


def change_address(record: models.Model, part: str = "change") -> str:
    """Of its form, or of a part of it that has a page of its own: “sessions” of an event."""
    return address(room_of(record), part, record.pk)


def opened(client: Client, record: models.Model, part: str = "change") -> dict[str, list[str]]:
    response = client.get(change_address(record, part))
    assert response.status_code == 200
    return fields_of(response.content.decode())


def send(client: Client, record: models.Model, part: str = "change", **changes: Any) -> Any:
    """Sends a record's form as it stands, with some fields changed. Names with a dash come in a dict `rows`."""
    data = opened(client, record, part) | changes.pop("rows", {}) | changes
    return client.post(change_address(record, part), data)


def errors_of(response: Any) -> list[str]:
    """The lines of the summary above a form that was not accepted."""
    return [" – ".join(filter(None, [error.label, error.text])) for error in response.context["error_summary"]]
