"""What differs from run to run and says nothing: tokens, keys of rows, digests in names of files."""

import re
from typing import Final
from urllib.parse import parse_qsl, quote, urlsplit

# Signed or secret parts of addresses, by what stands before them.
_TOKENS: Final = [
    (re.compile(r"/me/mail/(?!sample)[\w:.~=-]{12,}"), "/me/mail/TOKEN"),
    (re.compile(r"/register/\d+[:%][^/\s\"]+"), "/register/TOKEN"),
    (re.compile(r"/applications/\d+[:%][^/\s\"]+"), "/applications/TOKEN"),
    (re.compile(r"/sites/confirm/[^/\s\"]+"), "/sites/confirm/TOKEN"),
    (re.compile(r"/calendar/[\w-]{20,}"), "/calendar/TOKEN"),
    (re.compile(r"/join/(?!renewed)[\w-]{16,}"), "/join/TOKEN"),
    (re.compile(r"/media/([a-z]+)/[0-9a-f]{32}"), r"/media/\1/DIGEST"),
    (re.compile(r"\b(photos|materials|documents|applications)/[0-9a-f]{32}"), r"\1/DIGEST"),
    (re.compile(r"<mail-\d+-[0-9a-f]{12}@"), "<mail-N-DIGEST@"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r"\b[0-9a-f]{40,64}\b"), "DIGEST"),
    (re.compile(r"(/static/[\w./-]+?)\.[0-9a-f]{12}\.(\w+)"), r"\1.\2"),
    (re.compile(r"\b\d{1,7}:[\w]{6}:[\w-]{20,}"), "SIGNED"),
    (re.compile(r"\b[\w-]{2,}:1[\w]{5}:[\w-]{40,}"), "SIGNED"),
    (re.compile(r"\$\d+\$[^\s]+"), "$HASH"),
    (re.compile(r'("(?:data_version|id|\w+_id)": )\d+'), r"\1N"),
    (re.compile(r"(T\d\d:\d\d:\d\d)\.\d+"), r"\1"),  # in the history, the number of the change
    (re.compile(r"(salt : \w+)\*+( hash : \w+)\*+"), "salt and hash"),
    (re.compile(r"\b(donor-report-)\d+"), r"\1N"),
    (re.compile(r"(?<=\n {4})\d{8}(?=\n)"), "CODE"),
]  # fmt: skip
_NUMBER_IN_PATH: Final = re.compile(r"(?<=/)\d+(?=[/?#\"&]|\.\w+$|$)")
_ADDRESS: Final = re.compile(r"https?://[^\s\"<>\]]+|(?<![\w.])/[\w%./-]+(?:\?[^\s\"<>\]]*)?")
# Numbers in a query that are no keys of rows.
_COUNTS: Final = re.compile(
    r"^(page|p|o|\w*year\w*|\w*month\w*|\w+_min|\w+_max|zoom|limit|offset|size|all|days|within|q|_\w+)$"
)


def address(text: str) -> str:
    """An address without what varies in it."""
    for pattern, instead in _TOKENS:
        text = pattern.sub(instead, text)
    head, mark, query = text.partition("?")
    if "/api/" not in head:
        head = _NUMBER_IN_PATH.sub("N", head)
    if mark:
        query = "&".join(_pair(name, value) for name, value in parse_qsl(query, keep_blank_values=True))
    return head + mark + query


def _pair(name: str, value: str) -> str:
    if value.isdigit() and not _COUNTS.match(name):
        value = "N"
    if value.startswith("/"):
        value = address(value)
    elif "=" in value:  # a query within a query
        value = "&".join(_pair(*pair) for pair in parse_qsl(value, keep_blank_values=True))
    return f"{name}={value}"


def text(words: str) -> str:
    """Words without what varies in them; addresses within them too."""
    for pattern, instead in _TOKENS:
        words = pattern.sub(instead, words)
    return _ADDRESS.sub(lambda found: address(found[0]), words)


# Where staff read keys of rows as such: the history, the audit list, what a mail is about, a name of a consent.
_KEYS_OF_STAFF: Final = [
    (re.compile(r"\b([a-z]+(?:_[a-z]+)*):\d+\b"), r"\1:N"),
    (re.compile(r"\b([a-z_]+\.[a-z_]+) \d+\b"), r"\1 N"),
    (re.compile(r"(ID “)\d+(”)"), r"\1N\2"),
    (re.compile(r"(\w+ object \()\d+(?=\))"), r"\1N"),
    (re.compile(r"(taken out: )\d+"), r"\1N"),
    (re.compile(r"\b([a-z]+_[a-z_]+ )\d+(?=: (?:added|changed|deleted))"), r"\1N"),
    (re.compile(r"(record merged: )\d+"), r"\1N"),
    (re.compile(r"\b\d+(?=: (?:Privacy notice|Data may))"), "N"),
]  # fmt: skip
_KEY_OF_HISTORY: Final = re.compile(r"(?<=^)\d+(?=$|: )|(?<=\| )\d+(?= \|)")


def of_staff(text: str, name: str) -> str:
    """A page of the admin, without keys that are told as words; what hangs on a record is named in the order of letters."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        for pattern, instead in _KEYS_OF_STAFF:
            line = pattern.sub(instead, line)
        lines[number] = _KEY_OF_HISTORY.sub("N", line) if "/history." in name else line
    if name.endswith("/delete"):
        listed = iter(sorted(line for line in lines if line.startswith("- ")))
        lines = [next(listed) if line.startswith("- ") else line for line in lines]
    return "\n".join(lines)


def as_file(path: str) -> str:
    """A path that can be the name of a file, whatever was asked for."""
    parts = urlsplit(path)
    name = address(parts.path if not parts.query else f"{parts.path}?{parts.query}").strip("/") or "index"
    name = quote(name.replace("?", "@"), safe="/@=&:+,.-_~ ")
    pieces = [piece if len(piece) <= 150 else piece[:150] for piece in name.split("/")]
    return "/".join(piece if piece not in (".", "..") else "dots" for piece in pieces)
