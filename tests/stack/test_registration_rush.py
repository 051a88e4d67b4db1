"""Many people want few places at the same moment, through the real server with several processes."""

import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.waiting import HANGING

from .portal import Portal
from .visitors import EVENT, GUARDED, SENT, Answer, Guest

pytestmark = pytest.mark.stack

# The worker may be writing what became of a mail of the round before: it ends first.
FRESH_ROUND = """
    LOCK TABLE notifications_mail, notifications_mailtrace IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM events_registrationstep;
    DELETE FROM events_registration;
    DELETE FROM notifications_mailtrace;
    DELETE FROM notifications_mail;
    UPDATE activities_activity SET capacity_online = {seats} WHERE slug = '{event}'
"""


@pytest.fixture
def crowded(portal: Portal) -> Iterator[Portal]:
    """It runs, and takes a visitor's word for the address they come from, as it takes a proxy's."""
    given = {"TRUSTED_PROXY_COUNT": "1", "EABRN_WEB_WORKERS": "3"}
    portal.environ |= given
    yield portal.start().ready()
    assert portal.stop() == 0
    for name in given:
        portal.environ.pop(name)


def with_open_forms(portal: Portal, people: int) -> list[Guest]:
    guests = [Guest(portal.port, number) for number in range(1, people + 1)]
    assert all(guest.opens() for guest in guests)
    time.sleep(GUARDED)
    return guests


def rush(guests: list[Guest], turn: int, within: float = 0) -> list[Answer]:
    """All send the form, together or evenly over some seconds."""
    gate, answers = threading.Barrier(len(guests)), []

    def send(number: int, guest: Guest) -> None:
        gate.wait(HANGING)
        time.sleep(within * number / len(guests))
        answers.append(guest.registers(f"round{turn}guest{number}@demo.invalid"))

    threads = [threading.Thread(target=send, args=[number, guest]) for number, guest in enumerate(guests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANGING)
    return answers


def shared_out(portal: Portal, *, seats: int, people: int) -> None:
    """So many have a place and the others wait, in the order of the row lock: whoever is written later stands later."""
    states = Counter(state for (state,) in portal.sql("SELECT state FROM events_registration"))
    assert states == {"held": seats, "waiting": people - seats}
    queue = [
        key
        for (key,) in portal.sql("SELECT id FROM events_registration WHERE state = 'waiting' ORDER BY queued_at, id")
    ]
    assert queue == sorted(queue)
    [[last_held]] = portal.sql("SELECT max(id) FROM events_registration WHERE state = 'held'")
    assert last_held < queue[0]
    [[persons]] = portal.sql("SELECT count(DISTINCT person_id) FROM events_registration")
    assert persons == people


def test_ten_places_go_to_ten_and_forty_queue_in_order_every_time(crowded: Portal) -> None:
    guests = with_open_forms(crowded, 50)
    for turn in range(20):
        crowded.sql(FRESH_ROUND.format(seats=10, event=EVENT))
        answers = rush(guests, turn)
        assert Counter((answer.status, answer.location) for answer in answers) == {(302, SENT): 50}, (
            crowded.complaints()
        )
        shared_out(crowded, seats=10, people=50)


def test_five_hundred_within_a_second_get_an_answer_each(crowded: Portal) -> None:
    """A queue before one row is no error, however long it is. How long it takes: `bench_rush`."""
    guests = with_open_forms(crowded, 500)
    crowded.sql(FRESH_ROUND.format(seats=100, event=EVENT))
    answers = rush(guests, 500, within=1)
    assert Counter((answer.status, answer.location, answer.why) for answer in answers) == {(302, SENT, ""): 500}, (
        crowded.complaints()
    )
    shared_out(crowded, seats=100, people=500)
