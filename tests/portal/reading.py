"""What a page says to a reader, and where it leads: its visible words, its links, its forms."""

import re
from html.parser import HTMLParser
from typing import Final

# What is shown but is no prose: codes, what was typed into a form, scripts.
NOT_READ: Final = frozenset({"script", "style", "code", "pre", "textarea", "option", "title", "svg"})
# Ways to write a date or an hour that come from nowhere but a forgotten filter.
FORGOTTEN: Final = (
    re.compile(r"\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\. \d"),  # Nov. 30, 2026: Django's own
    re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"),
    re.compile(r"(?<![\w/.-])\d{4}-\d\d-\d\d(?![\w/-])"),  # as computers write them
    re.compile(r"\b(?:noon|midnight)\b|\b\d{1,2}(?::\d\d)? [ap]\.m\."),
    re.compile(r"(?<![\w.,/:-])[1-9]\d{4,}(?![\w/:-])"),  # thousands that run together
)  # fmt: skip


class Read(HTMLParser):
    """Collects words, links and the addresses of forms. Links to the same page in another language are left out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.leads: list[str] = []
        self._unread: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in NOT_READ:
            self._unread.append(tag)
        if tag == "a" and "hreflang" not in given and given.get("href"):
            self.leads.append(given["href"])
        if tag == "form":
            self.leads.append(given.get("action", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._unread and self._unread[-1] == tag:
            self._unread.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread and data.strip():
            self.words.append(" ".join(data.split()))

    @property
    def forgotten(self) -> list[str]:
        return [words for words in self.words if any(form.search(words) for form in FORGOTTEN)]
