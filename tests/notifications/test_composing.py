"""Mails as they are written: every kind, in the reader's language and zone, with nothing from elsewhere."""

import re
from typing import Any

import pytest
import time_machine
from django.conf import settings as project
from django.utils import translation
from django.utils.translation import gettext

from notifications import mail_types
from notifications.composing.letters import Letter, message, message_id, preview, write
from notifications.mail_types import Drop
from notifications.models import Mail

from .conftest import Put, made_up_kinds  # noqa: F401
from .matters import NOW, SECRETS, put_about

pytestmark = pytest.mark.django_db
TEXT_ALONE = {"notifications.fault"}  # to those who look after the machine


def real_kinds() -> list[str]:
    return [kind.name for kind in mail_types.all_mail_types() if not kind.name.startswith("test.")]


@pytest.mark.sweep
@pytest.mark.parametrize("name", real_kinds())
def test_every_kind_can_be_written_and_looked_at(name: str) -> None:
    with time_machine.travel(NOW, tick=False):
        mail = put_about(name)
        letter, looked_at = write(mail), preview(mail)
    assert isinstance(letter, Letter)
    assert isinstance(looked_at, Letter)
    is_whole(name, letter)
    assert (letter.html == "") == (name in TEXT_ALONE)
    if letter.html:
        html_is_whole(name, letter)
    for secret in mail_types.get(name).secrets:
        assert SECRETS[secret] not in looked_at.text + looked_at.html + looked_at.subject


def is_whole(name: str, letter: Letter) -> None:
    assert letter.subject
    assert "\n" not in letter.subject
    assert letter.text.count(f"{project.SITE_URL}/") >= 1
    assert "&lt;" not in letter.text
    assert "&amp;" not in letter.subject
    for secret in mail_types.get(name).secrets & {"code"}:
        assert SECRETS[secret] in letter.text


def html_is_whole(name: str, letter: Letter) -> None:
    fetches_nothing(letter.html)
    assert re.search(r"<p [^>]*style=\"[^\"]*margin", letter.html), "styles stand in the tags"
    assert (
        f"<title>{letter.subject.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</title>"
        in letter.html
    )
    for secret in mail_types.get(name).secrets & {"code"}:
        assert SECRETS[secret] in letter.html


def fetches_nothing(html: str) -> None:
    assert re.findall(r"<(?:img|link|script|iframe|object)\b|url\(|@import", html) == []
    assert set(re.findall(r"https?://[^/\"<\s]+", html)) <= {project.SITE_URL}


def test_html_is_escaped_and_text_is_not(put: Put) -> None:
    letter = write(put())
    assert letter.subject == "Hello Gantömör & <Co>"
    assert "Dear Gantömör & <Co>" in letter.text
    assert "Dear Gantömör &amp; &lt;Co&gt;" in letter.html


def test_time_stands_in_the_readers_zone(put: Put) -> None:
    mail = put()
    mail.created_at = mail.created_at.replace(year=2026, month=11, day=24, hour=20, minute=5)
    assert "Wednesday 25 November 2026, 04:05, Ulaanbaatar" in write(mail).text
    assert "UTC+8" in write(mail).text


def test_mail_whose_language_lacks_a_word_is_whole_in_english_and_says_what_is_lacking(put: Put) -> None:
    mail = put()
    mail.language = "ja"
    with translation.override("ru"):
        letter = write(mail)
        assert gettext("January") == "Январь"
    assert (letter.language, '<html lang="en">' in letter.html) == ("en", True)
    assert "Choose which mails you get:" in letter.lacking
    assert "2月" not in letter.text


def test_pointless_mail_gives_its_reason(put: Put) -> None:
    assert write(put("test.over")) == Drop("The meeting was cancelled.")


def test_message_id_is_the_same_for_every_attempt_and_different_for_every_mail(put: Put) -> None:
    one, other = put(), put()
    assert message_id(one) == message_id(Mail.objects.get(pk=one.pk))
    assert message_id(one) != message_id(other)
    assert re.fullmatch(r"<mail-\d+-[0-9a-f]{12}@localhost>", message_id(one))


def test_kind_without_html_is_sent_as_text(put: Put, tmp_path: Any) -> None:
    (tmp_path / "templates" / "mails" / "test" / "body.html").unlink()
    mail = put()
    letter = write(mail)
    assert letter.html == ""
    assert message(mail, letter).alternatives == []
