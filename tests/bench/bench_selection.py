"""The selection desk of a training with 2,000 applications, as a ratio to one with 50, both in the same runs.

python -m tests.bench.bench_selection [requests of a run]
"""

import datetime as dt
import sys
from collections.abc import Callable

from tests.bench import ground

from django.test import Client  # isort: skip
from django.utils import timezone

from accounts.models import Person, RoleGrant
from tests.factories import (
    MemberStateFactory,
    PersonFactory,
    RoleGrantFactory,
    SeatClassFactory,
    TrainingFactory,
    UserFactory,
)
from tests.people import give_second_factor, signed_in
from trainings.models import Application, ApplicationScore, Training

REQUESTS = int(sys.argv[1]) if len(sys.argv) > 1 else 500
FEW, MANY = 50, 2000
WANTED = ground.Wanted(goal=3, floor=3)
STATES = ("CN", "JP", "KP", "KR", "KZ", "MN", "RU")


def call_with(number: int, officer: Person) -> Training:
    """A call that has closed, with as many applicants of all states, scored by one officer."""
    now = timezone.now()
    training: Training = TrainingFactory(
        starts_at=now + dt.timedelta(days=90), call_opens_at=now - dt.timedelta(days=60), deadline_zone="Europe/Paris",
        nominations_close_at=now - dt.timedelta(days=1),
    )  # fmt: skip
    seats = SeatClassFactory(training=training, seats=30)
    for code in STATES:
        training.caps.create(member_state=MemberStateFactory(code=code), most=5)
    people = Person.objects.bulk_create(
        Person(name=f"Person {number} {n}", email=f"p{number}-{n}@example.org", birth_year=1970 + n % 35,
               sex=("female", "male", "not_stated")[n % 3])
        for n in range(number)
    )  # fmt: skip
    sent = Application.objects.bulk_create(
        Application(
            training=training, person=person, reference=f"B{number}-{n}", submitted_at=now, wanted_class=seats,
            member_state_id=STATES[n % 7], state="endorsed" if n % 2 else "submitted", endorsed=True if n % 2 else None,
        )
        for n, person in enumerate(people)
    )  # fmt: skip
    ApplicationScore.objects.bulk_create(
        ApplicationScore(application=one, officer=officer.user, points=1 + one.pk % 5) for one in sent
    )
    return training


def page(client: Client, address: str) -> Callable[[], None]:
    def get() -> None:
        if client.get(address).status_code != 200:
            raise SystemExit(f"{address} does not answer 200; nothing was measured.")

    return get


def main() -> int:
    with ground.database():
        officer = PersonFactory(user=UserFactory(is_staff=True))
        RoleGrantFactory(person=officer, role=RoleGrant.Role.SECRETARIAT)
        give_second_factor(officer.user)
        client = signed_in(officer.user)
        few, many = (f"/admin/trainings/training/{call_with(number, officer).pk}/selection/" for number in (FEW, MANY))
        ground.analyse()
        queries = {
            "": "",
            "by score": "?sort=score",
            "young, endorsed": "?age=youth&endorsed=yes",
            "last page": "?page=40",
        }
        small = {f"{FEW} {name}": page(client, few + query.replace("40", "1")) for name, query in queries.items()}
        large = {f"{MANY} {name}": page(client, many + query) for name, query in queries.items()}
        found = ground.rounds(small | large, ground.few(REQUESTS))
    mine = {name: found[name] for name in large}
    reference = {f"{MANY} {name}": found[f"{FEW} {name}"] for name in queries}
    title = f"Selection desk, {MANY} applications over {FEW}, median of {ground.RUNS} runs of {REQUESTS} requests"
    return 0 if ground.told(title, mine, reference, dict.fromkeys(mine, WANTED)) else 1


if __name__ == "__main__":
    sys.exit(main())
