"""The portal beside servers it was given: nothing of the embedded default may be there."""

import contextlib
import os
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest

from embedded.places import Places

from .portal import Portal

pytestmark = pytest.mark.stack

SECRET = "for this test only " + "x" * 50


def test_public_portal_on_given_servers_has_no_demo(
    tmp_path: Path, database_url: str, redis_url: str, lend_static_files: Callable[[Path], None]
) -> None:
    given = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "EABRN_BROKER_DB": "13"}
    public = {
        "SITE_URL": "https://portal.example",
        "ALLOWED_HOSTS": "portal.example",
        "TRUSTED_PROXY_COUNT": "1",
        "SECRET_KEY": SECRET,
    }
    portal = Portal(tmp_path / "var", **given, **public)
    lend_static_files(portal.var)
    portal.start().says("READY  https://portal.example/")
    try:
        assert "database ready" not in portal.said
        assert "demo" not in portal.said
        assert not (portal.var / "pg").exists()
        assert not (portal.var / "redis").exists()
        assert not (portal.var / "secret-key").exists()
        plain = urllib.request.Request(f"http://127.0.0.1:{portal.port}/", headers={"Host": "portal.example"})
        with pytest.raises(urllib.error.HTTPError, match="301") as redirected:
            urllib.request.build_opener(NoRedirect).open(plain)
        assert redirected.value.headers["Location"] == "https://portal.example/"
        redirected.value.close()
        with contextlib.closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_user")
            assert cursor.fetchone() == (0,)
    finally:
        assert portal.stop() == 0
    assert portal.gone()
    assert [line.split()[-2] for line in portal.lines if line.endswith(" stopped")] == ["web", "beat", "worker"]


def test_database_that_does_not_answer_is_said(tmp_path: Path, redis_url: str) -> None:
    nowhere = f"postgres://portal@/portal?host={tmp_path}"
    portal = Portal(tmp_path / "var", DATABASE_URL=nowhere, REDIS_URL=redis_url, EABRN_DATABASE_PATIENCE="1")
    portal.start()
    assert portal.ended() == 1
    assert "CommandError: The database does not answer: connection to server on socket" in portal.said
    assert "READY" not in portal.said


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        return None


def test_public_portal_without_secret_key_does_not_start(tmp_path: Path) -> None:
    done = Portal(tmp_path / "var", SITE_URL="https://portal.example").refused()
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("SITE_URL is set, so this is a public portal, but SECRET_KEY is not.")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "var").exists()


def test_local_portal_keeps_one_secret_key(tmp_path: Path) -> None:
    places = Places(tmp_path / "var")
    places.make()
    key = places.secret_key()
    assert places.secret_key() == key
    assert len(key) >= 80
    assert os.stat(places.var / "secret-key").st_mode & 0o777 == 0o600
