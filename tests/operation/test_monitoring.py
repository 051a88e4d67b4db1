"""What monitors are told."""

import datetime as dt
import json
import logging
import re
import socket
import time

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from eabrn_portal.models import SignOfLife
from eabrn_portal.monitoring import access, readiness, signs_of_life
from eabrn_portal.monitoring.database import NoAnswerError, ask
from notifications import holding
from notifications.models import Mail
from tests.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept from the test before, and the process has run for long."""
    monkeypatch.setattr(readiness, "_kept", None)
    monkeypatch.setattr(readiness, "began", time.monotonic() - 1000)
    monkeypatch.setitem(readiness.PARTS, "broker", dict)
    signs_of_life.show("worker")
    signs_of_life.show("beat")


def ready(client: Client, query: str = "", **headers: str) -> tuple[int, dict]:
    answer = client.get(f"/readyz{query}", headers=headers or None)
    return answer.status_code, json.loads(answer.content)


def test_all_parts_are_named(client: Client) -> None:
    status, told = ready(client, host="192.0.2.1")
    assert status == 200, told
    assert set(told) == {"status", "at", "database", "tables", "cache", "broker", "worker", "beat", "outbox", "disk"}
    assert told["status"] == "ok"


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/healthz"])
def test_answers_by_any_name_and_without_redirect(client: Client, path: str) -> None:
    answer = client.get(path, headers={"host": "203.0.113.9:8000"})
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "application/json",
        "no-store",
    )
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("process", ["worker", "beat"])
def test_silent_process_is_said_and_can_be_left_out(client: Client, process: str) -> None:
    SignOfLife.objects.filter(process=process).update(at=timezone.now() - dt.timedelta(seconds=90))
    status, told = ready(client)
    assert status == 503
    assert told[process]["ok"] is False
    assert re.fullmatch(r"was last seen 9\d s ago", told[process]["problem"])
    assert ready(client, f"?exclude={process}")[0] == 200


def test_process_that_has_just_begun_may_be_silent(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "began", time.monotonic())
    SignOfLife.objects.all().delete()
    status, told = ready(client)
    assert (status, told["worker"]) == (200, {"ok": True, "starting": True})


def test_late_outbox_and_held_outbox_are_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    an_hour_ago = timezone.now() - dt.timedelta(hours=1)
    Mail.objects.create(
        kind="x", subject_label="x", subject_id=1, recipient_key="x", due=an_hour_ago, created_at=an_hour_ago
    )
    status, told = ready(client)
    assert status == 503
    assert told["outbox"]["problem"].startswith("1 mails are due, the oldest for 36")
    monkeypatch.setattr(readiness, "_kept", None)
    holding.hold(why="Restored")
    status, told = ready(client)
    assert (status, told["outbox"]["held"]) == (200, "Restored")


def test_missing_migration_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "_migrations", {("events", "9999_of_another_release")})
    status, told = ready(client)
    assert status == 503
    assert "code and tables differ" in told["tables"]["problem"]


def test_cache_away_is_said_within_two_seconds(client: Client, settings) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
        }
    }
    began = time.monotonic()
    status, told = ready(client)
    assert (status, told["cache"]["ok"]) == (503, False)
    assert time.monotonic() - began < 2


def test_database_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that accepts and then is silent, as a stopped one."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr(
            type(connection._connections[connection._alias]),
            "get_connection_params",
            lambda _self: {"host": "127.0.0.1", "port": silent.getsockname()[1], "dbname": "x"},
        )
        began = time.monotonic()
        with pytest.raises(NoAnswerError):
            ask("SELECT 1", seconds=0.3)
        assert time.monotonic() - began < 2


def test_metrics_are_for_those_of_the_settings(client: Client, settings) -> None:
    settings.METRICS_TOKEN = settings.METRICS_FROM = ""
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "a long token"
    assert client.get("/metrics", headers={"authorization": "Bearer another"}).status_code == 404
    answer = client.get("/metrics", headers={"authorization": "Bearer a long token"})
    assert answer.status_code == 200
    text = answer.content.decode()
    for name in (
        "portal_db_connections{",
        "portal_outbox_rows",
        'portal_part_ready{part="database"} 1.0',
        "portal_build_info{",
    ):
        assert name in text
    settings.METRICS_TOKEN, settings.METRICS_FROM = "", ["127.0.0.1"]
    assert client.get("/metrics").status_code == 200


def test_line_of_a_request_names_the_view_and_no_address(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="portal.access"):
        answer = client.get("/join/a-secret-token/?email=somebody@example.org")
    [line] = [record for record in caplog.records if record.name == "portal.access"]
    assert "a-secret-token" not in line.getMessage() + str(vars(line).get("view"))
    assert "example.org" not in line.getMessage()
    assert line.status == answer.status_code
    assert re.fullmatch(r"[0-9a-f]{32}", answer["X-Request-ID"])


@pytest.mark.parametrize(
    ("proxies", "given", "kept"),
    [(1, "0123456789abcdef0123", True), (0, "0123456789abcdef0123", False), (1, "one\ntwo" + "a" * 20, False)],
)
def test_name_of_a_request_is_taken_from_a_trusted_proxy_only(
    client: Client, settings, proxies: int, given: str, kept: bool
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    answer = client.get("/robots.txt", headers={"x-request-id": given})
    assert (answer["X-Request-ID"] == given) is kept


def test_worker_shows_itself_until_it_ends() -> None:
    SignOfLife.objects.all().delete()
    worker = signs_of_life.Worker()
    worker.start()
    while not SignOfLife.objects.filter(process="worker").exists():
        time.sleep(0.01)
    worker.ending.set()
    worker.join(20)
    assert not worker.is_alive()


def test_tasks_carry_the_name_of_their_request() -> None:
    headers: dict[str, str] = {}
    token = access.request_id.set("0123")
    try:
        access.before_task_publish.send(sender="x", headers=headers, body=())
    finally:
        access.request_id.reset(token)
    assert headers["request_name"] == "0123"
