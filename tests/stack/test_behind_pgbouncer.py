"""The portal behind Debian's pgbouncer, which gives a connection of the server for one transaction alone."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from tests.databases import copied, on_own_server
from tests.ports import free_port
from tests.server import TEMPLATE
from tests.waiting import wait_for

pytestmark = pytest.mark.stack
PROGRAM = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin") or os.environ.get("PGBOUNCER", "")
DATABASE = "behind_pgbouncer"
CONFIGURED = """
[databases]
{database} = host={host} port={port} dbname={database} user={user} pool_size=3
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
unix_socket_dir =
auth_type = any
pool_mode = transaction
max_client_conn = 100
logfile = {folder}/log
pidfile = {folder}/pid
"""
# What readers, registrants, officers and the worker do, many at once on few connections.
WORK = """
import os, sys, threading
import django
django.setup()
from django.conf import settings
from django.core import mail
from django.db import connections
from django.test import Client
from django.utils import timezone
import datetime as dt
from events.models import Event
from events.registration import registering
from notifications.delivery import sending
from accounts.models import Person
from designated_sites.models import DesignatedSite
from history.models import Change
from history.actor import acting
from search import index
from tests.factories import BiosphereReserveFactory, EventFactory, MemberStateFactory, PersonFactory, UserFactory

settings.ALLOWED_HOSTS = ["testserver"]
mail.outbox = []
MemberStateFactory(code="MN")
for number in range(300):
    BiosphereReserveFactory(slug=f"r{number}", name=f"Reserve {number:04}", states=["MN"])
index.rebuild()
soon = timezone.now() + dt.timedelta(days=9)
event = EventFactory(slug="talk", format="online", capacity_online=20, starts_at=soon, registration_opens_at=soon - dt.timedelta(days=20))
user, faults = UserFactory(), []

def reader(number):
    for _turn in range(2):
        for ending in ("csv", "geojson", "kml", "xlsx"):
            answer = Client().get(f"/reserves/export.{ending}")
            body = b"".join(answer.streaming_content)
            assert answer.status_code == 200 and len(body) == int(answer["Content-Length"]), ending
            assert ending == "xlsx" or body.count(b"Reserve ") >= 300 - 30, ending  # the officers hide thirty
        for page in ("/", "/reserves/?q=0012", "/events/talk/", "/statistics/", "/search/?q=reserve"):
            assert Client().get(page).status_code == 200, page

def registrant(number):
    for turn in range(5):
        place = registering.register(event=event, person=PersonFactory(email=f"p{number}.{turn}@example.org"), presence="online")
        if place.state == "held":
            registering.confirm(registration=place)

def officer(number):
    for turn in range(10):
        with acting(user.pk, reason=f"turn {number}"):
            one = DesignatedSite.objects.get(slug=f"r{number * 10 + turn}")
            one.published = False
            one.save()

def worker(number):
    for _turn in range(5):
        sending.send_due(seconds=5)

def run(act, number):
    try:
        act(number)
    except BaseException as error:
        faults.append(f"{act.__name__}: {type(error).__name__}: {error}")
    finally:
        connections.close_all()

threads = [threading.Thread(target=run, args=(act, number)) for act in (reader, registrant, officer, worker) for number in range(3)]
for one in threads: one.start()
for one in threads: one.join()
told = Change.objects.filter(reason__startswith="turn").values_list("actor_id", "reason").order_by().distinct()
print("faults", faults)
print("confirmed", event.registrations.filter(state="confirmed").count())
print("actors", sorted({str(actor) == str(user.pk) for actor, _reason in told}), len(told))
"""


@pytest.fixture
def pooled() -> Iterator[str]:
    """The address of a migrated and empty database behind a pooler with three connections."""
    if not PROGRAM:
        pytest.skip("pgbouncer is not installed: apt-get install pgbouncer")
    if not on_own_server():
        pytest.skip("needs the embedded server of the test run")
    with contextlib.closing(psycopg2.connect(os.environ["DATABASE_URL"])) as direct:
        where = direct.info
        host, port, user = where.host, where.port, where.user
    own = free_port()
    folder = Path(tempfile.mkdtemp(prefix="eabrn-pgbouncer-"))
    configured = folder / "pgbouncer.ini"
    configured.write_text(CONFIGURED.format(database=DATABASE, host=host, port=port, user=user, own=own, folder=folder))
    as_other: list[str] = []
    if os.getuid() == 0:  # it refuses to run as root
        shutil.chown(folder, "nobody")
        as_other = ["-u", "nobody"]
    with copied(TEMPLATE, DATABASE), (folder / "said").open("wb") as said:
        pooler = subprocess.Popen([PROGRAM, *as_other, str(configured)], stderr=said)
        address = f"postgres://{user}@127.0.0.1:{own}/{DATABASE}"

        def answers() -> bool:
            assert pooler.poll() is None, (folder / "said").read_text()
            with contextlib.suppress(psycopg2.OperationalError):
                psycopg2.connect(address).close()
                return True
            return False

        try:
            wait_for("the pooler", answers)
            yield address
        finally:
            pooler.terminate()
            pooler.wait(10)
            shutil.rmtree(folder)


def test_everything_works_on_three_connections_of_a_pooler(pooled: str) -> None:
    env = {
        **os.environ,
        "DATABASE_URL": pooled,
        "EABRN_TESTING": "1",
        "DJANGO_SETTINGS_MODULE": "eabrn_portal.settings",
    }
    env |= {"PYTHONPATH": str(settings.BASE_DIR)}
    done = subprocess.run(
        [sys.executable, "-c", WORK],
        cwd=settings.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert told["faults"] == "[]"
    assert (told["confirmed"], told["actors"]) == ("15", "[True] 3")
