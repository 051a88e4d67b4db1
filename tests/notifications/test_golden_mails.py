"""Every kind of mail as it goes over the line, parsed back, word by word: in English, Chinese and Russian.

The golden files are what a reader would see. After a wanted change `EABRN_TEST_GOLDEN=write` writes them anew; read the
difference before you commit it.
"""

import os
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest
import time_machine

from notifications import mail_types
from notifications.composing.letters import Letter, message, write
from notifications.delivery.sending import _addresses

from .matters import NOW, put_about

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("en", "zh-hans", "ru")
HEADERS = (
    "Subject", "From", "To", "Message-ID", "Auto-Submitted", "Content-Language", "List-Unsubscribe", "List-Unsubscribe-Post",
)  # fmt: skip
VARYING = [
    (re.compile(r"<mail-\d+-[0-9a-f]{12}@"), "<mail-NUMBER@"),
    (re.compile(r"/me/mail/[^/]+/"), "/me/mail/TOKEN/"),
    (re.compile(r"/register/\d+\.[0-9a-f]+:[^/]+/"), "/register/TOKEN/"),
    (re.compile(r"/register/several/[^/]+/"), "/register/several/TOKEN/"),
    (re.compile(r"/applications/\d+:[^/]+/"), "/applications/TOKEN/"),
    (re.compile(r"/sites/confirm/[^/]+/"), "/sites/confirm/TOKEN/"),
    (re.compile(r"/sites/proposals/reserve/\d+/"), "/sites/proposals/reserve/NUMBER/"),
    (re.compile(r"/accounts/person/\d+/"), "/accounts/person/NUMBER/"),
    (re.compile(r"/offerrequest/\d+/"), "/offerrequest/NUMBER/"),
    (re.compile(r"/reviews/(reserve|geopark)/\d+/"), r"/reviews/\1/NUMBER/"),
]
# What stands in Latin letters in every language: names, addresses, zones, data of machines, the words of people.
LATIN = re.compile(
    r"https?://\S+|\S+@\S+|(?:Asia|Europe)/\w+|UTC[+−]\d+|EABRN|Firefox|Advice & <help>|Bat\b|Hustai|Line (one|<two>)|Gantömör"
    r"|\d\d:\d\d UTC|builtins\.ValueError|event-place|events/views\.py|ADMINS|T27-7K3F9|K7QM-2XWP-9TRF|PDF|Message-ID: .*"
)


class _Words(HTMLParser):
    """The words of an HTML page as they are read, one line for each piece."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "title")
        if tag == "a":
            self.lines.append(f"[{dict(attrs)['href']}]")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.lines.append(" ".join(data.split()))


def letter_of(kind: str, language: str) -> tuple[Letter, EmailMessage]:
    """The letter, and its message parsed back from the bytes a server would get."""
    with time_machine.travel(NOW, tick=False):
        mail = put_about(kind, language)
        letter = write(mail, address=_addresses([mail]).get(mail.email))
    assert isinstance(letter, Letter)
    parsed = message_from_bytes(message(mail, letter).message().as_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return letter, parsed


def as_read(parsed: EmailMessage) -> str:
    lines = [
        f"{name}: {parsed[name] if name == 'Subject' else parsed[name].strip()}" for name in HEADERS if parsed[name]
    ]
    for part in parsed.walk():
        if part.get_content_maintype() == "multipart":
            continue
        lines += ["", f"---- {part['Content-Type']}"]
        content = part.get_content()
        content = content if isinstance(content, str) else content.decode()
        if part.get_content_subtype() == "html":
            words = _Words()
            words.feed(content)
            content = "\n".join(words.lines)
        lines.append(content.replace("\r\n", "\n").rstrip())
    text = "\n".join(lines) + "\n"
    for pattern, instead in VARYING:
        text = pattern.sub(instead, text)
    return text


def real_kinds() -> list[str]:
    return [kind.name for kind in mail_types.all_mail_types() if not kind.name.startswith("test.")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", real_kinds())
def test_mail_reads_as_it_should(kind: str, language: str) -> None:
    letter, parsed = letter_of(kind, language)
    assert letter.lacking == frozenset()
    assert letter.language == language
    read = as_read(parsed)
    file = GOLDEN / f"{kind}.{language}.txt"
    if os.environ.get("EABRN_TEST_GOLDEN") == "write":
        file.write_text(read)
    assert read == file.read_text()


@pytest.mark.parametrize("kind", real_kinds())
def test_no_english_word_is_left_in_a_chinese_or_russian_mail(kind: str) -> None:
    for language in ("zh-hans", "ru"):
        read = (GOLDEN / f"{kind}.{language}.txt").read_text()
        said = read.split("---- text/calendar")[0]
        subject = said.splitlines()[0].removeprefix("Subject: ")
        body = said.partition("---- text/plain")[2].partition("\n")[2].replace('---- text/html; charset="utf-8"', "")
        left = re.findall(r"[A-Za-z]{3,}", LATIN.sub("", f"{subject}\n{body}"))
        assert left == [], language


def test_golden_files_are_of_kinds_that_exist() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {
        f"{kind}.{code}.txt" for kind in real_kinds() for code in LANGUAGES
    }
