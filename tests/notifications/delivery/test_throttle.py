"""Domains with a pace of their own: kept over polls and between workers, and in nobody else's way."""

import datetime as dt
import threading
from collections import Counter
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import connection

from notifications.delivery import sending
from notifications.delivery.throttle import domain_of
from notifications.models import DomainPace, Mail
from tests.notifications.conftest import Put
from tests.waiting import HANGING

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
POLL = 20
# One a second: a poll sends what its twenty seconds allow, and the one mail that is due at once.
IN_FIRST_POLL, IN_EACH_POLL = POLL + 1, POLL
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _paces(settings: Any) -> None:
    settings.OUTBOX_POLL_SECONDS = POLL
    settings.OUTBOX_DOMAIN_PER_MINUTE = {"slow.example": 60, "slower.example": 6}


def put_to(put: Put, domain: str, number: int, *, due: dt.datetime = NOON) -> None:
    for count in range(number):
        put(email=f"reader{count}@{domain}", due=due)


def polls(*seconds: int) -> list[Counter[str]]:
    """How many mails went to each domain at each of these moments after noon."""
    found = []
    for second in seconds:
        before = len(django_mail.outbox)
        with time_machine.travel(NOON + dt.timedelta(seconds=second), tick=False):
            sending.send_due()
        found.append(Counter(domain_of(sent.to[0]) for sent in django_mail.outbox[before:]))
    return found


def test_pace_is_kept_over_several_polls(put: Put) -> None:
    put_to(put, "slow.example", 100)
    sent = [found["slow.example"] for found in polls(0, 20, 40, 60, 80)]
    assert sent == [IN_FIRST_POLL, IN_EACH_POLL, IN_EACH_POLL, IN_EACH_POLL, 100 - IN_FIRST_POLL - 3 * IN_EACH_POLL]
    assert not Mail.objects.filter(state="queued").exists()


def test_pace_is_kept_however_often_the_worker_is_woken(put: Put) -> None:
    put_to(put, "slow.example", 60)
    sent = [found["slow.example"] for found in polls(0, 0, 1, 2, 2, 12)]
    assert sent == [IN_FIRST_POLL, 0, 1, 1, 0, 10]


def test_silence_saves_up_no_more_than_one_poll(put: Put) -> None:
    put_to(put, "slow.example", 80)
    assert [found["slow.example"] for found in polls(0, 3600)] == [IN_FIRST_POLL, IN_FIRST_POLL]


def test_each_domain_has_its_own_pace(put: Put) -> None:
    put_to(put, "slower.example", 10)
    put_to(put, "slow.example", 60)
    first, second = polls(0, 20)
    assert first == {"slow.example": IN_FIRST_POLL, "slower.example": 3}
    assert second == {"slow.example": IN_EACH_POLL, "slower.example": 2}


def test_other_domains_wait_for_nobody(put: Put) -> None:
    """The mails to the slow domain are older, and more than a worker takes at once."""
    put_to(put, "slow.example", 100, due=NOON - dt.timedelta(hours=1))
    put_to(put, "slower.example", 100, due=NOON - dt.timedelta(hours=1))
    put_to(put, "quick.example", 60)
    [first] = polls(0)
    assert first == {"slow.example": IN_FIRST_POLL, "slower.example": 3, "quick.example": 60}


def test_domain_is_the_same_however_it_is_written(put: Put) -> None:
    for number in range(30):
        put(email=f"reader{number}@{'SLOW' if number % 2 else 'slow'}.Example", due=NOON)
    assert [sum(found.values()) for found in polls(0)] == [IN_FIRST_POLL]


def test_part_of_a_name_is_another_domain(put: Put) -> None:
    put_to(put, "not-slow.example", 30)
    put_to(put, "sub.slow.example", 30)
    [first] = polls(0)
    assert first == {"not-slow.example": 30, "sub.slow.example": 30}


def test_without_paces_nothing_is_counted(put: Put, settings: Any) -> None:
    settings.OUTBOX_DOMAIN_PER_MINUTE = {}
    put_to(put, "slow.example", 60)
    assert polls(0) == [{"slow.example": 60}]
    assert not DomainPace.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [True, False], ids=["rows there", "first mails ever"])
def test_workers_at_once_keep_one_pace(put: Put, settings: Any, known: bool) -> None:
    """Each with a connection of its own, all at the same moment."""
    settings.EMAIL_BACKEND = "tests.notifications.backends.Slow"
    if known:
        DomainPace.objects.bulk_create([DomainPace(domain=name) for name in settings.OUTBOX_DOMAIN_PER_MINUTE])
    with time_machine.travel(NOON - dt.timedelta(days=1), tick=False):
        put_to(put, "slow.example", 60)
        put_to(put, "quick.example", 40)
    barrier, faults = threading.Barrier(4), []

    def work() -> None:
        try:
            barrier.wait(HANGING)
            sending.send_due()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    with time_machine.travel(NOON, tick=False):
        threads = [threading.Thread(target=work) for _number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(HANGING)
    assert faults == []
    assert Counter(domain_of(sent.to[0]) for sent in django_mail.outbox) == {
        "slow.example": IN_FIRST_POLL, "quick.example": 40,
    }  # fmt: skip
