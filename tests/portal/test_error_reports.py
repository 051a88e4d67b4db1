"""Errors are told outside the request, grouped, at most once an hour, and without anything of people or settings."""

import datetime as dt
import json
import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings as project
from django.core import mail
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from eabrn_portal import error_reports
from eabrn_portal.error_reports import Reports
from eabrn_portal.urls import urlpatterns as usual
from notifications import faults
from notifications.delivery import sending
from notifications.fault_seen import Seen
from notifications.models import Fault, Mail

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "hunter2-of-somebody"
NOW = dt.datetime(2026, 11, 30, 9, 30, tzinfo=dt.UTC)
SEEN = Seen("builtins.ValueError", "event-place", "events/views.py:12")


def failing(request: HttpRequest, token: str) -> HttpResponse:
    password = f"local {SECRET}"
    raise RuntimeError(f"in the words {SECRET} {password}")


urlpatterns = [path("fails/<str:token>/", failing, name="failing"), *usual]


@pytest.fixture
def reports(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reports]:
    """The handler as the settings made it, its thread kept still: a test writes when it wants to."""
    settings.ADMINS = [("EABRN", "it@example.org"), ("EABRN", "second@example.org")]
    settings.ROOT_URLCONF = __name__
    handler = next(one for one in logging.getLogger().handlers if isinstance(one, Reports))
    handler._waiting.clear()
    monkeypatch.setattr(handler, "_work", lambda: None)
    yield handler
    handler._waiting.clear()


def fail(**more: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = f"cookie-{SECRET}"
    headers = {
        "authorization": f"Bearer {SECRET}",
        "x-forwarded-for": "192.0.2.77",
        "user-agent": SECRET,
        "referer": SECRET,
    }
    answer = client.post(
        f"/fails/token-{SECRET}/?q={SECRET}", {"email": f"{SECRET}@example.org"}, headers=headers, **more
    )
    assert answer.status_code == 500
    return client


def sent() -> list[Any]:
    sending.send_due()
    return mail.outbox


def test_error_is_mailed_by_the_outbox_with_nothing_secret(reports: Reports, settings: Any) -> None:
    fail()
    assert (Mail.objects.count(), mail.outbox) == (0, [])  # the request itself wrote and sent nothing
    assert reports.write()
    letters = sent()
    assert sorted(one.to[0] for one in letters) == ["it@example.org", "second@example.org"]
    text = letters[0].message().as_string()
    body = letters[0].body
    assert "builtins.RuntimeError" in body
    assert "failing" in body
    assert re.search(r"tests/portal/test_error_reports\.py:\d+", body)
    whole = text + json.dumps(list(Fault.objects.values()), default=str)
    for secret in (SECRET, "192.0.2.77", settings.SECRET_KEY, "sessionid", "postgres://", *map(str, settings.DATABASES["default"].get("PASSWORD") or [])):  # fmt: skip
        assert secret not in whole
    assert str(settings.BASE_DIR) not in whole


def test_errors_alike_are_counted_and_mailed_once_an_hour(reports: Reports, settings: Any) -> None:
    settings.ADMINS = settings.ADMINS[:1]
    with time_machine.travel(NOW, tick=False) as clock:
        faults.count(seen=SEEN, times=3)
        assert [re.findall(r"(\d+) times", one.subject) for one in sent()] == [["3"]]
        for _minute in range(50):
            clock.shift(60)
            faults.count(seen=SEEN, times=2)
            sent()
        assert len(mail.outbox) == 1
        clock.shift(11 * 60)
        assert [re.findall(r"(\d+) times", one.subject) for one in sent()] == [["3"], ["100"]]
        faults.count(seen=SEEN, times=1)
        assert len(sent()) == 2
        clock.shift(3600)
        assert len(sent()) == 3
        clock.shift(24 * 3600)
        faults.count(seen=SEEN, times=1)
        assert len(sent()) == 4
        faults.count(seen=Seen("builtins.KeyError", "event-place", "events/views.py:12"), times=1)
        assert len(sent()) == 5
    assert Fault.objects.get(error="builtins.ValueError").count == 105


def test_without_admins_nothing_is_counted(reports: Reports, settings: Any) -> None:
    settings.ADMINS = []
    fail()
    reports.write()
    assert (Fault.objects.count(), Mail.objects.count()) == (0, 0)


def test_host_that_is_not_ours_is_no_error(reports: Reports, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(24):
        assert Client().get("/about/", headers={"host": f"host{number}.example"}).status_code == 400
    reports.write()
    assert Fault.objects.count() == 0
    assert {record.levelname for record in caplog.records if "DisallowedHost" in record.name} == {"WARNING"}


def test_no_handler_mails_within_the_request() -> None:
    loggers = [
        logging.getLogger(),
        *(one for one in logging.Logger.manager.loggerDict.values() if isinstance(one, logging.Logger)),
    ]
    names = {type(handler).__name__ for one in loggers for handler in one.handlers}
    assert "AdminEmailHandler" not in names
    assert "Reports" in names


def test_database_that_is_away_loses_no_count(reports: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    fail()
    fail()
    counted, count = [], faults.count

    def away(**facts: Any) -> None:
        raise OperationalError("no server")

    monkeypatch.setattr(faults, "count", away)
    assert not reports.write()
    fail()
    monkeypatch.setattr(faults, "count", lambda **facts: counted.append(facts["times"]) or count(**facts))
    assert reports.write()
    assert (counted, Fault.objects.get().count) == ([3], 3)


def test_so_many_kinds_wait_and_no_more(reports: Reports) -> None:
    for number in range(2 * error_reports.MOST):
        reports.handle(logging.LogRecord("some.log", logging.ERROR, f"/x/{number}.py", 1, "words", (), None))
    assert len(reports._waiting) == error_reports.MOST


def test_thread_writes_and_ends(reports: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    project.ADMINS = [("EABRN", "it@example.org")]
    try:
        reports.handle(logging.LogRecord("some.log", logging.ERROR, "/x/1.py", 1, "words", (), None))
        thread = reports._thread
        assert thread is not None
        thread.join(20)
        assert not thread.is_alive()
        assert Fault.objects.get().error == "log of some.log"
    finally:
        del project.ADMINS


TRACKED = """
import json, sys, django
django.setup()
from django.conf import settings
import sentry_sdk
from sentry_sdk.transport import Transport
envelopes = []
class Kept(Transport):
    def capture_envelope(self, envelope): envelopes.append(envelope)
    def flush(self, *a, **k): pass
    def kill(self): pass
from eabrn_portal import error_tracker
before = error_tracker.options
error_tracker.options = lambda: {**before(), "transport": Kept}
error_tracker.start()
import tests.portal.test_error_reports as here
settings.ROOT_URLCONF = here.__name__
here.fail()
from django.test import Client
reader = Client(raise_request_exception=False, headers={"user-agent": here.SECRET, "x-forwarded-for": "192.0.2.77"})
reader.get(f"/fails/token-{here.SECRET}/?q={here.SECRET}")
import logging
logging.getLogger("some").error("words %s", here.SECRET)
Client().get("/about/", headers={"host": "foreign.example"})
print(json.dumps([item.payload.json for envelope in envelopes for item in envelope.items], default=str))
"""


def in_process(code: str, **given: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "HOME")}
    env |= {
        "EABRN_TESTING": "1",
        "DJANGO_SETTINGS_MODULE": "eabrn_portal.settings",
        "SECRET_KEY": f"key-{SECRET}",
        **given,
    }
    env["DATABASE_URL"] = f"postgres://portal:{SECRET}@127.0.0.1:1/none"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=project.BASE_DIR, env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.stack
def test_error_tracker_gets_lines_of_code_and_nothing_else() -> None:
    pytest.importorskip("sentry_sdk", reason="sentry-sdk is not installed: pip install sentry-sdk")
    done = in_process(TRACKED, SENTRY_DSN="https://public@tracker.example/1")
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()[-1]
    events = json.loads(told)
    assert "RuntimeError" in [one["type"] for event in events for one in event["exception"]["values"]]
    assert "failing" in told
    assert "test_error_reports" in told
    for secret in (SECRET, "192.0.2.77", "token-", "example.org", "foreign.example", "/fails/"):
        assert secret not in told


@pytest.mark.stack
def test_error_tracker_is_not_even_imported_without_its_setting() -> None:
    done = in_process("import sys, django; django.setup(); print('sentry_sdk' in sys.modules)")
    assert done.stdout.split() == ["False"], done.stderr


@pytest.mark.stack
def test_error_tracker_that_is_not_there_is_said() -> None:
    code = "import sys; sys.modules['sentry_sdk'] = None; import django; django.setup()"
    done = in_process(code, SENTRY_DSN="https://public@tracker.example/1")
    assert (
        "ImproperlyConfigured: SENTRY_DSN is set, but its package is not there: pip install sentry-sdk" in done.stderr
    )


def test_report_costs_the_request_nothing(reports: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail server may hang for as long as it likes."""
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", lambda *args: time.sleep(30))
    start = time.monotonic()
    fail()
    assert time.monotonic() - start < 10
