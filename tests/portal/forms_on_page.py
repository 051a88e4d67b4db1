"""The forms of a page, as a browser would send them, and as somebody would who fills in every field."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from PIL import Image

CSRF = "csrfmiddlewaretoken"
CHOSEN = frozenset({"checkbox", "radio"})
BUTTONS = frozenset({"submit", "image"})
# What is typed into a field of a kind nobody has filled in yet.
WORDS = {"email": "new@example.org", "url": "https://example.org/", "number": "1", "tel": "+976 1", "time": "10:00"}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    chosen: bool = False
    required: bool = False
    options: list[tuple[str, bool]] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


@dataclass
class Form:
    """`buttons` are the names, values and addresses of what sends it."""

    address: str
    method: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def token(self) -> str:
        return next((one.value for one in self.fields if one.name == CSRF), "")

    def as_it_stands(self) -> dict[str, Any]:
        """What is sent if nobody touches it."""
        sent: dict[str, Any] = {}
        for one in self.fields:
            for value in _values_of(one):
                sent.setdefault(one.name, []).append(value)
        return sent

    def filled_in(self) -> dict[str, Any]:
        """With something in every field that is empty and must not be; of rows that could be added none."""
        sent = self.as_it_stands()
        for one in self.fields:
            if one.required and not any(sent.get(one.name, [])) and (typed := _typed(one)) is not None:
                sent[one.name] = [typed]
        return sent


def _values_of(one: Field) -> list[str]:
    if one.kind in BUTTONS or one.kind in {"file", "button", "reset"}:
        return []
    if one.kind in CHOSEN:
        return [one.value or "on"] if one.chosen else []
    if one.kind == "select":
        chosen = [value for value, is_chosen in one.options if is_chosen]
        return chosen or ([] if "multiple" in one.facts else [value for value, _chosen in one.options[:1]])
    return [one.value]


def _typed(one: Field) -> Any:
    if one.kind in CHOSEN:
        return one.value or "on"
    if one.kind == "select":
        return next((value for value, _chosen in one.options if value), None)
    if one.kind == "file":
        return picture() if "image" in one.facts.get("accept", "") else io.BytesIO(b"%PDF-1.7")
    if one.kind in {"date", "datetime-local"}:
        return (dt.datetime.now(dt.UTC) + dt.timedelta(days=9)).isoformat()[: 10 if one.kind == "date" else 16]
    return one.facts.get("min") or WORDS.get(one.kind, "Some words")


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (90, 60)).save(out, "PNG")
    out.name = "picture.png"
    out.seek(0)
    return out


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms, self.by_id = address, list[Form](), dict[str, Form]()
        self.open: Form | None = None
        self.area: Field | None = None
        self.select: Field | None = None
        self.outside: list[tuple[str, Field | tuple[str, str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(
                urljoin(self.address, facts.get("action") or self.address), facts.get("method", "get").lower()
            )
            self.forms.append(self.open)
            self.by_id[facts.get("id", "")] = self.open
        elif tag == "button" and facts.get("type", "submit") == "submit":
            self._add(facts, (facts.get("name", ""), facts.get("value", ""), facts.get("formaction", "")))
        elif tag == "option" and self.select is not None:
            self.select.options.append((facts.get("value", ""), "selected" in facts))
        elif tag in {"input", "textarea", "select"} and "disabled" not in facts:
            self._field(tag, facts)

    def _field(self, tag: str, facts: dict[str, str]) -> None:
        kind = facts.get("type", "text") if tag == "input" else tag
        if kind in BUTTONS:
            self._add(facts, (facts.get("name", ""), facts.get("value", ""), facts.get("formaction", "")))
            return
        made = Field(
            facts.get("name", ""), kind, facts.get("value", ""), "checked" in facts, "required" in facts, facts=facts
        )
        if tag == "textarea":
            self.area = made
        elif tag == "select":
            self.select = made
        if made.name and "__prefix__" not in made.name:
            self._add(facts, made)

    def _add(self, facts: dict[str, str], made: "Field | tuple[str, str, str]") -> None:
        if "form" in facts:
            self.outside.append((facts["form"], made))
        elif self.open is not None:
            self._into(self.open, made)

    def _into(self, form: Form, made: "Field | tuple[str, str, str]") -> None:
        if isinstance(made, Field):
            form.fields.append(made)
        else:
            form.buttons.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, text: str) -> None:
        if self.area is not None:
            self.area.value += text

    def close(self) -> None:
        super().close()
        for name, made in self.outside:
            if name in self.by_id:
                self._into(self.by_id[name], made)


def forms_of(answer: Any, address: str) -> Iterator[Form]:
    """Those that write: sent by POST."""
    reader = _Reader(address)
    reader.feed(answer.content.decode())
    reader.close()
    yield from (form for form in reader.forms if form.method == "post")


def form_on(answer: Any, address: str) -> Form:
    """The first that is sent to the page's own address, or to one that is given."""
    return next(
        form for form in forms_of(answer, address) if form.address.partition("?")[0] == address.partition("?")[0]
    )
