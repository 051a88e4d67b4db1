"""Without a mail server, mails are files."""

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import mail_admins

from notifications.delivery import sending
from notifications.delivery.backends import eml_path
from tests.notifications.conftest import READER, Put

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "notifications.delivery.backends.EmlFiles", tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def test_mail_becomes_a_file_of_its_own(folder: Path, put: Put) -> None:
    mail = put("test.code", payload={"code": "94510539"})
    assert sending.send_due() == sending.Pass(sent=1)
    mail.refresh_from_db()
    [file] = folder.iterdir()
    assert file == eml_path(mail.message_id)
    assert file.stat().st_mode & 0o777 == 0o600
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (message["To"], message["Subject"]) == (READER.email, "Hello Gantömör & <Co>")
    assert "94510539" in message.get_body(["plain"]).get_content()


def test_mail_that_is_not_from_the_outbox_is_a_file_too(folder: Path, settings: Any) -> None:
    settings.ADMINS = [("IT", "it@example.org")]
    mail_admins("Server error", "What went wrong")
    [file] = folder.iterdir()
    assert b"What went wrong" in file.read_bytes()


def test_folder_that_cannot_be_written_loses_nothing(folder: Path, put: Put) -> None:
    folder.parent.joinpath("mail").write_text("a file in its place")
    mail = put()
    assert sending.send_due() == sending.Pass(postponed=1)
    mail.refresh_from_db()
    assert mail.state == "queued"


@pytest.mark.parametrize("message_id", ["<../../etc/passwd@x>", "<a/b@x>", "<>"])
def test_no_message_id_leads_out_of_the_folder(folder: Path, message_id: str) -> None:
    assert eml_path(message_id).parent == folder
