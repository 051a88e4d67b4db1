"""What the lists of the admin and its first page cost with 10,000 records of each kind, as ratios to the same with 100.

Both are compared by a page of the portal that no record changes, measured each time: between the two the machine may have
become busier. The work queue is measured when its numbers are kept, and when the last change of a record is too young for that.

    python -m tests.bench.bench_admin [requests]
"""

import datetime as dt
import sys
from collections.abc import Callable

from tests.bench import ground

from django.core.cache import cache  # isort: skip
from django.test import Client  # isort: skip

from accounts.models import Person
from events.models import Event, Registration
from network.models import Document, Partner
from notifications.models import Mail
from tests.bench.ground import Wanted
from tests.bench.sites import make_sites, make_states
from tests.factories import TrainingFactory, UserFactory
from tests.people import BACKEND, give_second_factor, show_factor
from trainings.models import Application

REQUESTS = int(sys.argv[1]) if len(sys.argv) > 1 else ground.FEWEST
SMALL, LARGE = 100, 10_000
PLAIN, DESK = "/about/", "/admin/"
LISTS = (
    "reserves/biospherereserve", "geoparks/geopark", "events/event", "network/document", "network/partner", "accounts/person",
    "events/registration", "trainings/application", "notifications/mail", "history/change",
)  # fmt: skip
GROWN, QUEUE, FRESH = Wanted(1.5, 2), Wanted(3, 8), Wanted(30, 80)
START = dt.datetime(2030, 10, 1, 1, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def grow(first: int, last: int) -> None:
    """So many of each kind, beginning with a number."""
    make_sites(2 * first, 2 * last)
    numbers = range(first, last)
    events = _made(Event(slug=f"e-{n}", title=f"Event {n:05}", kind="webinar", status="announced", starts_at=START + n * HOUR) for n in numbers)  # fmt: skip
    _made(
        Document(slug=f"d-{n}", title=f"Document {n:05}", kind="report", url=f"https://example.org/{n}")
        for n in numbers
    )
    _made(Partner(slug=f"p-{n}", name=f"Partner {n:05}", kind="academia") for n in numbers)
    people = _made(Person(name=f"Person {n:05}", email=f"person-{n}@example.org") for n in numbers)
    _made(Registration(event=event, person=person, state="confirmed") for event, person in zip(events, people, strict=True))  # fmt: skip
    training = TrainingFactory(slug=f"t-{first}", nominations_close_at=START, deadline_zone="Europe/Paris")
    _made(
        Application(training=training, person=person, member_state_id="MN", reference=f"T-{n}", state="submitted", submitted_at=START)
        for n, person in zip(numbers, people, strict=True)
    )  # fmt: skip
    _made(
        Mail(kind="events.moved", subject_label="events.event", subject_id=n, recipient_key=f"person:{n}", due=START + n * HOUR,
             created_at=START, email=f"person-{n}@example.org", state=("queued", "failed")[n % 2])
        for n in numbers
    )  # fmt: skip
    ground.analyse()


def _made(rows: object) -> list:  # type: ignore[type-arg]
    made = list(rows)  # type: ignore[call-overload]
    return type(made[0])._base_manager.bulk_create(made, batch_size=1000)


def pages(client: Client) -> dict[str, Callable[[], object]]:
    def get(address: str) -> None:
        if client.get(address).status_code != 200:
            raise SystemExit(f"{address} does not answer 200; nothing was measured.")

    found = {name: (lambda name=name: get(f"/admin/{name}/")) for name in LISTS}
    return {"plain": lambda: get(PLAIN), **found, "work queue": lambda: get(DESK)}


def measure() -> bool:
    user = UserFactory(email="root@example.org", is_staff=True, is_superuser=True)
    give_second_factor(user)
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend=BACKEND)
    show_factor(client, user)
    acts = pages(client)

    def fresh_queue() -> None:
        cache.clear()
        acts["work queue"]()

    make_states()
    grow(0, SMALL)
    small = ground.by(found := ground.rounds(acts | {"work queue, made anew": fresh_queue}, REQUESTS), found["plain"])
    grow(SMALL, LARGE)
    large = ground.by(found := ground.rounds(acts | {"work queue, made anew": fresh_queue}, REQUESTS), found["plain"])
    wanted = dict.fromkeys(LISTS, GROWN) | {"work queue": QUEUE, "work queue, made anew": FRESH}
    for times in (small, large):
        times.pop("plain")
    runs = f"median of {ground.RUNS} runs of {ground.few(REQUESTS)} requests"
    held = ground.told(
        f"{LARGE} records of each kind, ratio to {SMALL}, by the page {PLAIN} of its time, {runs}", large, small, wanted
    )
    plain = {name: [(1.0, 1.0)] * ground.RUNS for name in large}
    return ground.told(f"{LARGE} records of each kind, ratio to the page {PLAIN}, {runs}", large, plain) and held


if __name__ == "__main__":
    with ground.database():
        sys.exit(not measure())
