"""A portal on one server and version of Postgres, backed up, and restored at another place and version."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from embedded.places import PROJECT, Places
from embedded.postgres import Postgres
from tests.waiting import HANGING

pytestmark = pytest.mark.stack

KEY = "for this test only " + "x" * 50
# Somebody with an account, a registration with its signed link, a certificate, and a mail with a secret that waits.
FILL = """
import json
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from accounts.models import User
from events.places import signed_links
from notifications import encryption
from notifications.models import Mail
from tests.factories import ApplicationFactory, RegistrationFactory
from trainings.models import Certificate
user = User.objects.create_user(email="saruul@example.org", password="a password of the test")
registration = RegistrationFactory()
storages["default"].save("photos/lake.jpg", ContentFile(b"photo of a lake"))
storages["private"].save("answers/cv.pdf", ContentFile(b"%PDF life"))
now = timezone.now()
Mail.objects.create(kind="accounts.code", subject_label="accounts.user", subject_id=user.pk, recipient_key=f"user:{user.pk}",
    email=user.email, due=now, created_at=now, sealed=encryption.encrypt({"code": "94510539"}))
print(json.dumps({"token": signed_links.token_of(registration), "registration": registration.pk}))
"""
LOOK = """
import json, sys
from django.contrib.auth import authenticate
from django.core.files.storage import storages
from accounts.models import User
from events.places import signed_links
from notifications import encryption
from notifications.delivery.sending import send_due
from notifications.models import Mail
given = json.loads(sys.stdin.read())
found = signed_links.registration_of(given["token"])
mail = Mail.objects.get(email="saruul@example.org")
print(json.dumps({
    "password": User.objects.get(email="saruul@example.org").check_password("a password of the test"),
    "link": found.pk == given["registration"],
    "sealed": encryption.decrypt(mail.sealed),
    "sent": send_due().sent,
    "photo": storages["default"].open("photos/lake.jpg").read().decode(),
    "private": storages["private"].open("answers/cv.pdf").read().decode(),
}))
"""


class Host:
    """Where a portal stands: folders, a database, a key; commands run in its environment."""

    def __init__(self, var: Path, database_url: str, redis_url: str, **environ: str) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.var = var
        self.environ = {
            **kept, "EABRN_VAR": str(var), "DATABASE_URL": database_url, "REDIS_URL": redis_url, "SECRET_KEY": KEY,
            "EABRN_LOCAL": "1", "PYTHONPATH": str(PROJECT), **environ,
        }  # fmt: skip

    def manage(self, *arguments: str, given: str = "", good: bool = True) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=PROJECT, env=self.environ, input=given,
            capture_output=True, text=True, timeout=HANGING, check=False,
        )  # fmt: skip
        assert (done.returncode == 0) is good, done.stdout + done.stderr
        return done.stdout if good else done.stderr

    def script(self, text: str, given: Mapping[str, object] | None = None) -> dict:
        return json.loads(
            self.manage("shell", "--no-imports", "-c", text, given=json.dumps(given or {})).splitlines()[-1]
        )


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """An empty database of the Postgres that the portal brings itself: the newest."""
    places = Places(tmp_path / "elsewhere")
    places.make()
    server = Postgres(places, durable=False).start()
    yield server.url()
    server.destroy()


def test_portal_stands_up_again_elsewhere(tmp_path: Path, database_url: str, redis_url: str, elsewhere: str) -> None:
    first = Host(tmp_path / "first", database_url, redis_url)
    first.manage("upgrade", "--no-static")
    told = first.script(FILL)
    file = tmp_path / "kept" / "portal.tar"
    said = first.manage("backup", str(file))
    assert "read back and whole" in said
    assert file.stat().st_mode & 0o777 == 0o600
    assert "read back and whole" in first.manage("backup", str(file), "--check")

    second = Host(tmp_path / "second", elsewhere, redis_url)
    other_key = Host(tmp_path / "second", elsewhere, redis_url, SECRET_KEY="another " + "y" * 50)
    assert "SECRET_KEY is not the one" in other_key.manage("restore", str(file), good=False)
    restored = second.manage("restore", str(file))  # compares the counts of all tables itself
    assert "The outbox is held" in restored
    assert second.script(LOOK, told) == {
        "password": True,
        "link": True,
        "sealed": {"code": "94510539"},
        "sent": 0,
        "photo": "photo of a lake",
        "private": "%PDF life",
    }
    second.manage("upgrade", "--no-static")
    assert "Held since" in second.manage("outbox", "status")
    assert "1 old mails are not sent any more" in second.manage("outbox", "release")
    assert "The database is not empty" in second.manage("restore", str(file), good=False)

    damaged = tmp_path / "damaged.tar"
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 0xFF
    damaged.write_bytes(bytes(content))
    assert "damaged" in second.manage("backup", str(damaged), "--check", good=False)


def test_two_hosts_may_start_on_an_empty_database(tmp_path: Path, elsewhere: str, redis_url: str) -> None:
    hosts = [Host(tmp_path / name, elsewhere, redis_url) for name in ("one", "two")]
    started = [
        subprocess.Popen(
            [sys.executable, "manage.py", "upgrade", "--no-static"], cwd=PROJECT, env=host.environ,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for host in hosts
    ]  # fmt: skip
    said = [process.communicate(timeout=HANGING)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    assert sum("waiting for it" in words for words in said) == 1
    assert all("search ready" in words for words in said)


def test_server_with_too_few_connections_is_refused(tmp_path: Path, elsewhere: str, redis_url: str) -> None:
    said = Host(tmp_path / "one", elsewhere, redis_url).manage("upgrade", "--connections", "500", good=False)
    assert "hold up to 500 connections" in said
    assert "Raise max_connections" in said
