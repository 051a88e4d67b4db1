"""The database fails while mails go out: none is lost, none is blamed for it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from django.utils import timezone

from notifications import mail_types
from notifications.bounces import scoring
from notifications.delivery import mail_states, sending
from notifications.delivery.transport import NotSentError, Transport
from notifications.mail_types import MailType
from notifications.models import Bounce, Mail
from tests.notifications.conftest import Put, ago

CUT = [
    OperationalError("server closed the connection unexpectedly"),
    InterfaceError("connection already closed"),
    DatabaseError("server closed the connection unexpectedly"),
]


def kind_with_facts_that_raise(fault: Exception) -> None:
    def facts(*_of: Any) -> Any:
        raise fault

    mail_types.register(MailType("test.cut", "Cut", "news", facts, "test"))


@pytest.mark.django_db
@pytest.mark.parametrize("fault", CUT)
def test_mail_whose_facts_could_not_be_read_comes_back_later(put: Put, fault: Exception) -> None:
    kind_with_facts_that_raise(fault)
    mail = put("test.cut")
    assert sending.send_due() == sending.Pass(postponed=1)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.due > timezone.now()) == ("queued", 1, True)
    assert str(fault) in mail.last_error


@pytest.mark.django_db
def test_mail_whose_facts_can_never_be_read_is_given_up(put: Put) -> None:
    """A query that always takes too long looks like a database that is out of reach."""
    kind_with_facts_that_raise(OperationalError("canceling statement due to statement timeout"))
    mail = put("test.cut")
    for _attempt in range(6):
        Mail.objects.update(due=ago(minutes=1))
        sending.send_due()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("failed", 6)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [ProgrammingError("no such column"), IntegrityError("twice")])
def test_mistake_in_a_query_fails_the_mail(put: Put, fault: Exception) -> None:
    kind_with_facts_that_raise(fault)
    put("test.cut")
    assert sending.send_due() == sending.Pass(failed=1)


@pytest.fixture
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_states.time, "sleep", lambda seconds: None)


def failing_first(write: Callable[..., Any], fault: Exception) -> Callable[..., Any]:
    """As `write`, except that the first call ends with a fault."""
    faults = [fault]

    def call(*arguments: Any, **named: Any) -> Any:
        if faults:
            raise faults.pop()
        return write(*arguments, **named)

    return call


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_waiting")
@pytest.mark.parametrize("fault", CUT)
@pytest.mark.parametrize("step", ["settle_abandoned", "take", "begin", "settle_sent_and_begin", "settle", "free"])
def test_every_step_is_done_again_when_the_database_is_back(
    put: Put, monkeypatch: pytest.MonkeyPatch, step: str, fault: Exception
) -> None:
    for number in range(2):
        put(email=f"reader{number}@example.org", due=timezone.now() + mail_states.dt.timedelta(hours=1))
    Mail.objects.update(due=ago(minutes=1))
    if step == "free":
        monkeypatch.setattr(Transport, "send", raising(NotSentError("refused", server_down=True)))
    monkeypatch.setattr(mail_states, step, failing_first(getattr(mail_states, step), fault))
    done = sending.send_due()
    assert done == (sending.Pass(postponed=1) if step == "free" else sending.Pass(sent=2))
    assert Mail.objects.exclude(claimed_by="").count() == 0


def raising(fault: Exception) -> Callable[..., None]:
    def call(*_arguments: Any) -> None:
        raise fault

    return call


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_waiting")
def test_report_of_a_refusal_outlives_a_cut(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Transport, "send", raising(NotSentError("550 no such reader", permanent=True)))
    monkeypatch.setattr(scoring, "refused", failing_first(scoring.refused, CUT[0]))
    put(due=timezone.now() + mail_states.dt.timedelta(hours=1))
    Mail.objects.update(due=ago(minutes=1))
    assert sending.send_due() == sending.Pass(failed=1)
    assert Bounce.objects.count() == 1


@pytest.mark.django_db
def test_handful_ends_when_the_time_is_over_and_the_rest_is_free(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that hangs at every mail would otherwise hold a task beyond its limit."""
    for number in range(3):
        put(email=f"reader{number}@example.org", due=ago(minutes=1))

    now = [100.0]
    monkeypatch.setattr(sending.time, "monotonic", lambda: now[0])

    def slow(self: Transport, message: Any) -> None:
        self.begin()
        now[0] += 20

    monkeypatch.setattr(Transport, "send", slow)
    assert sending.send_due(seconds=20) == sending.Pass(sent=1)
    assert list(Mail.objects.order_by("pk").values_list("state", "claimed_by")) == [
        ("sent", ""), ("queued", ""), ("queued", ""),
    ]  # fmt: skip
