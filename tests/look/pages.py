"""A drawn page as tests ask about it."""

from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """Tags with their attributes, links with their words, and the text with single spaces."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._links: list[tuple[str, list[str]]] = []
        self._words: list[str] = []
        self._open = False
        self.feed(html)
        self.text = " ".join(" ".join(self._words).split()).replace(" .", ".").replace(" ,", ",")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag == "a":
            self._links.append((given.get("href", ""), []))
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = False

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        if self._open:
            self._links[-1][1].append(data)

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def with_class(self, name: str) -> list[dict[str, str]]:
        return [attributes for _tag, attributes in self.tags if name in attributes.get("class", "").split()]

    def links(self) -> list[tuple[str, str]]:
        return [(url, " ".join("".join(words).split())) for url, words in self._links]

    def repeated_ids(self) -> list[str]:
        counted = Counter(attributes["id"] for _tag, attributes in self.tags if "id" in attributes)
        return [name for name, number in counted.items() if number > 1]
