"""Kinds of mail made up for the tests, so that delivery is tested without any app's words."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from notifications import mail_types, outbox, topics
from notifications.mail_types import Drop, Facts, MailType
from notifications.models import Mail
from notifications.recipients import Recipient, of_address
from notifications.topics import Frequency, Topic

TEMPLATES = {
    "subject.txt": "{% autoescape off %}Hello {{ name }}{% endautoescape %}\n",
    "body.txt": '{% extends "mails/base.txt" %}{% block body %}Dear {{ name }}, code {{ code }}, {{ when }}{% endblock %}',
    "body.html": '{% extends "mails/base.html" %}{% block body %}<p>Dear {{ name }}</p>{% endblock %}',
}
NAME = "Gantömör & <Co>"


@pytest.fixture(autouse=True)
def made_up_kinds(tmp_path: Path, settings: Any) -> Iterator[None]:
    """`test.news` may be declined, `test.code` has a secret and fifteen minutes, `test.over` is dropped, `test.broken` fails."""
    folder = tmp_path / "templates" / "mails" / "test"
    folder.mkdir(parents=True)
    for name, text in TEMPLATES.items():
        (folder / name).write_text(text)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path / "templates"]}]

    def facts(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        return Facts({"name": NAME})

    def over(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        return Drop("The meeting was cancelled.")

    def broken(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        raise RuntimeError("facts are out of reach")

    before, topics_before = dict(mail_types._kinds), dict(topics._topics)
    topics.register_topic(
        Topic("news", "News", "What is new.", (Frequency.ALL, Frequency.NEVER), default=Frequency.ALL)
    )
    quarter = dt.timedelta(minutes=15)
    mail_types.register(MailType("test.news", "News", "news", facts, "test"))
    mail_types.register(
        MailType("test.code", "Code", "account", facts, "test", service=True, security=True,
             secrets=frozenset({"code"}), lifetime=quarter)
    )  # fmt: skip
    mail_types.register(MailType("test.over", "Over", "news", over, "test"))
    mail_types.register(MailType("test.broken", "Broken", "news", broken, "test"))
    yield
    mail_types._kinds.clear()
    mail_types._kinds.update(before)
    topics._topics.clear()
    topics._topics.update(topics_before)


@pytest.fixture
def only_made_up(made_up_kinds: None) -> None:
    """Without the topics and kinds of the apps, which are theirs to test."""
    for registry in (topics._topics, mail_types._kinds):
        for name in [name for name in registry if name != "news" and not name.startswith("test.")]:
            del registry[name]  # type: ignore[attr-defined]


READER = Recipient("person:1", "reader@example.org", "en", "Asia/Ulaanbaatar")
Put = Callable[..., Mail]


@pytest.fixture
def put() -> Put:
    """Writes a mail down and gives its row; each call is another occurrence unless one is named."""
    made = iter(range(1_000_000))

    def write(kind: str = "test.news", *, email: str = "", **facts: Any) -> Mail:
        occurrence = facts.pop("occurrence", f"n{next(made)}")
        recipient = of_address(email) if email else facts.pop("recipient", READER)
        subject = facts.pop("subject", ("test.matter", 7))
        assert outbox.put(kind=kind, subject=subject, recipient=recipient, occurrence=occurrence, **facts)
        return Mail.objects.get(kind=kind, subject_id=subject[1], recipient_key=recipient.key, occurrence=occurrence)

    return write


def ago(**span: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(**span)
