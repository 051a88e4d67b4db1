"""A page as the words that are read on it: headings, links with where they lead, fields with their names, values, choices."""

import json
import re
from html.parser import HTMLParser
from typing import Any

from . import varying

BLOCKS = {
    "p", "div", "li", "tr", "table", "ul", "ol", "dl", "dt", "dd", "section", "article", "header", "footer", "nav", "main", "form",
    "fieldset", "legend", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "caption", "label", "option", "aside", "details",
    "summary", "br", "hr", "thead", "tbody", "title", "pre", "blockquote", "optgroup", "select", "button", "textarea", "svg", "text",
    "desc",
}  # fmt: skip
HIDDEN = {"style", "script", "template"}
NO_KEYS = re.compile(r"year|zone|minutes|order|seats|most|least|points|rank|FORMS|hours|capacity|^page$|^qN$", re.I)
KIND_AND_KEY = re.compile(r"^([a-z_]+):\d+$")
KEY_AND_VERSION = re.compile(r"^\d+(?=:\d+$)")
RANKED = re.compile(r"(-rank-)\d+$")
QUESTION = re.compile(r"^q\d+$")
SPOKEN = (
    "alt",
    "title",
    "aria-label",
    "placeholder",
    "aria-current",
    "aria-expanded",
    "datetime",
    "lang",
    "hreflang",
    "download",
    "rel",
)
META = {"description", "robots", "og:title", "og:description", "og:type", "og:url", "og:image"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line: list[str] = []
        self._hidden = 0
        self._data: list[str] | None = None
        self._link: list[str] = []
        self._option: tuple[str, str] | None = None
        self._select: list[str] = []
        self._area = False

    # What is written ------------------------------------------------------------------------------------------------
    def _say(self, words: str) -> None:
        if words:
            self._line.append(words)

    def _end_line(self) -> None:
        line = " ".join(" ".join(self._line).split())
        self._line = []
        if line:
            self.lines.append(line)

    def whole(self) -> str:
        self._end_line()
        return "\n".join(varying.text(line) for line in self.lines) + "\n"

    # What is read ---------------------------------------------------------------------------------------------------
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self._end_line()
        if tag == "script" and facts.get("type", "").endswith("json"):
            self._data = []
        elif tag in HIDDEN:
            self._hidden += tag != "template"
        elif tag in ("td", "th"):
            self._say("|")
        elif re.fullmatch("h[1-6]", tag):
            self._say("#" * int(tag[1]))
        elif tag == "li":
            self._say("-")
        elif tag == "a":
            self._link.append(varying.address(facts.get("href", "")))
            self._say("[")
        elif tag == "form":
            self._say(f"<form {facts.get('method', 'get').lower()} {varying.address(facts.get('action', ''))}>")
            self._end_line()
        elif tag in ("input", "button", "textarea", "select"):
            self._field(tag, facts)
        elif tag == "option":
            self._option = facts.get("value", ""), " *" if "selected" in facts else ""
        elif tag == "img":
            self._say(f"<img {varying.address(facts.get('src', ''))}>")
        elif tag == "link" and facts.get("rel") not in (
            "stylesheet",
            "icon",
            "preload",
            "modulepreload",
            "manifest",
            "apple-touch-icon",
        ):
            self.lines.append(f"<link {facts.get('rel')} {varying.address(facts.get('href', ''))}>")
        elif tag == "meta" and (facts.get("name") or facts.get("property")) in META:
            self.lines.append(
                f"<{facts.get('name') or facts.get('property')} {varying.address(facts.get('content', ''))}>"
            )
        spoken = [f"{name}={facts[name]}" for name in SPOKEN if facts.get(name) and tag != "link"]
        if spoken and not self._hidden:
            self._say("{" + "; ".join(spoken) + "}")

    def _field(self, tag: str, facts: dict[str, str]) -> None:
        name, kind = facts.get("name", ""), facts.get("type", "text" if tag == "input" else tag)
        value, name = facts.get("value", ""), RANKED.sub(r"\1N", QUESTION.sub("qN", name))
        if name == "csrfmiddlewaretoken" or (kind == "hidden" and name in ("drawn", "seen", "_seen")):
            value = "SIGNED"
        elif (
            value.isdigit()
            and not NO_KEYS.search(name)
            and (kind in ("hidden", "checkbox", "radio") or name.endswith("_ids"))
        ):
            value = "N"
        value = KEY_AND_VERSION.sub("N", KIND_AND_KEY.sub(r"\1:N", value))
        marks = [mark for mark in ("checked", "required", "disabled", "readonly", "multiple") if mark in facts]
        shown = " ".join(filter(None, [kind, name, f"={value}" if value else "", *marks]))
        self._say(f"<{shown}>")
        if tag == "select":
            self._select.append(name)
        self._area = tag == "textarea"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ("input", "img", "br", "hr", "link", "meta"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._data is not None:
            self._json("".join(self._data))
            self._data = None
        elif tag in ("style", "script"):
            self._hidden = max(0, self._hidden - 1)
        elif tag == "a":
            self._say(f"]({self._link.pop() if self._link else ''})")
        elif tag == "option":
            self._option = None
        elif tag == "select" and self._select:
            self._select.pop()
        elif tag == "textarea":
            self._area = False
        if tag in BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if self._data is not None:
            self._data.append(data)
        elif self._hidden:
            return
        elif self._option is not None:
            value, mark = self._option
            if value.isdigit() and not (self._select and NO_KEYS.search(self._select[-1])) and value != data.strip():
                value = "N"
            value = KIND_AND_KEY.sub(r"\1:N", value)
            self._say(f"  ( {value} ) {data.strip()}{mark}")
            self._option = None
        elif self._area:
            for line in data.split("\n"):
                self._say(line)
                self._end_line()
        elif data.strip():
            self._say(data)

    def _json(self, data: str) -> None:
        try:
            self.lines += json_lines(json.loads(data))
        except ValueError:
            self.lines.append("JSON that cannot be read")


def json_lines(data: Any) -> list[str]:
    return [varying.text(line) for line in json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).splitlines()]


# The list of all models beside each page of the admin; its first page has it too, and there it is read.
SIDEBAR = re.compile(r'<nav[^>]*id="nav-sidebar".*?</nav>', re.S)


def page(html: str) -> str:
    words = _Words()
    words.feed(SIDEBAR.sub("", html))
    words.close()
    return words.whole()


def links(html: str) -> list[str]:
    """Where a page leads, in the order of the page."""
    return list(dict.fromkeys(re.findall(r'<a\s[^>]*?href="([^"#]+)', html.replace("&amp;", "&"))))


def title(html: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""
