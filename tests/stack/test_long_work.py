"""Long work with a real worker of Celery, which is killed in the midst of it: nothing is lost, nothing is done twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection, transaction

from accounts.models import Person
from eabrn_portal.redis_addresses import RedisAddress
from embedded import processes
from embedded.places import PROJECT
from record_admin.models import LongWork
from tests.trainings.held import held_training, taking_part
from tests.waiting import wait_for
from trainings.hub import long_certificates
from trainings.models import Application, Certificate
from trainings.selection import long_committee

pytestmark = [pytest.mark.stack, pytest.mark.django_db(transaction=True)]
PEOPLE = 15


class Worker:
    """Celery's own process; its one child does the work."""

    def __init__(self, redis_url: str, log: Path) -> None:
        name = connection.settings_dict["NAME"]
        environ = os.environ | {
            "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl(), "REDIS_URL": redis_url,
            "EABRN_PROCESS": "worker", "EABRN_CELERY_EAGER": "false", "LONG_WORK_LEASE_SECONDS": "3",
        }  # fmt: skip
        argv = [sys.executable, "-m", "celery", "-A", "eabrn_portal", "worker", "-c", "1", "-l", "warning"]
        self.log = log
        with log.open("wb") as opened:
            self.process = subprocess.Popen(argv, cwd=PROJECT, env=environ, stdout=opened, stderr=opened)
        self.app = Celery("tests", broker=RedisAddress.read(redis_url).broker_url(settings.BROKER_NUMBER))
        self.app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS

    def poll(self) -> None:
        """What beat does every few seconds."""
        self.app.send_task("record_admin.tasks.do_long_work", ignore_result=True)

    def kill_the_child(self) -> None:
        pids = (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))
        [child] = [pid for pid in pids if processes.parent(pid) == self.process.pid and processes.alive(pid)]
        os.kill(child, signal.SIGKILL)

    def said(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


@pytest.fixture
def worker(redis_url: str, tmp_path: Path) -> Iterator[Worker]:
    started = Worker(redis_url, tmp_path / "worker.log")
    yield started
    processes.end([started.process.pid], grace=1)
    started.process.wait()
    started.app.close()


def test_worker_killed_in_the_midst_leaves_what_is_made_and_another_one_makes_the_rest_once(
    worker: Worker, officer: Person
) -> None:
    training = held_training()
    took_part = [taking_part(training, "attended", name=f"Person {number:02}") for number in range(PEOPLE)]
    work = long_certificates.issue(training, by=officer.user)
    worker.poll()
    with transaction.atomic():
        Application.objects.select_for_update().get(pk=took_part[-1].pk)  # the last five wait for this one
        own = LongWork.objects.filter(pk=work.pk)
        wait_for("the first ten, seen while it runs", lambda: own.filter(state="runs", done=10).exists(), worker.said)
        worker.kill_the_child()
    assert Certificate.objects.count() == 10

    def ended() -> bool:
        worker.poll()
        time.sleep(0.5)
        return own.exclude(ended_at=None).exists()

    wait_for("the rest, once the lease is over", ended, worker.said)
    work.refresh_from_db()
    assert (work.state, work.attempt, work.done, work.total) == ("done", 2, 15, 15), work.outcome
    read = long_committee.start(training=training, query="", ending="xlsx", by=officer.user)  # reads in one snapshot
    own = LongWork.objects.filter(pk=read.pk)
    wait_for("what the committee reads", ended, worker.said)
    assert own.values_list("state", "done", "file_name").get() == ("done", PEOPLE, f"applications-{training.slug}.xlsx")
    assert Certificate.objects.count() == PEOPLE == Certificate.objects.values("person").distinct().count()
