"""The portal's figures as Prometheus reads them. No person, no address, no path with an id is ever a label.

The web server names a directory in `PROMETHEUS_MULTIPROC_DIR` before it loads the portal: there prometheus_client keeps a
file for each of its processes, and sums over them.
"""

import os
import shutil
import threading
import time
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from . import readiness
from .database import NoAnswerError, ask

BUCKETS: Final = (0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
KEPT_SECONDS: Final = 10

requests = Counter("portal_requests", "Requests that were answered", ["view", "method", "code"], registry=None)
seconds = Histogram("portal_request_seconds", "Time to answer", ["view"], buckets=BUCKETS, registry=None)
refused = Counter("portal_refused", "Requests refused at the door", ["reason"], registry=None)

QUESTIONS: Final = (
    "SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1",
    "SELECT setting::int FROM pg_settings WHERE name = 'max_connections'",
    "SELECT state, count(*) FROM notifications_mail GROUP BY 1",
    "SELECT coalesce(extract(epoch FROM now() - min(due)), 0)::float FROM notifications_mail "
    "WHERE state = 'queued' AND due <= now()",
    "SELECT process, extract(epoch FROM now() - at)::float FROM eabrn_portal_signoflife",
    "SELECT kind, count(*) FROM notifications_mail WHERE state = 'sent' GROUP BY 1",
    "SELECT count(*) FROM notifications_bounce WHERE at > now() - interval '1 day'",
    "SELECT count(*) FROM notifications_address WHERE disabled_at IS NOT NULL",
)


class Portal(Collector):
    """What is the same whichever process is asked: read from the database and from the other servers."""

    def collect(self) -> Iterable[Metric]:
        yield from self._of_database()
        yield from self._of_parts()
        free = GaugeMetricFamily("portal_disk_free_bytes", "Free space where the portal writes", labels=["place"])
        for place in ("VAR_DIR", "MEDIA_ROOT", "PRIVATE_ROOT"):
            if (path := getattr(settings, place)).exists():
                free.add_metric([place.lower()], shutil.disk_usage(path).free)
        yield free
        build = GaugeMetricFamily("portal_build_info", "The release that runs", labels=["version"])
        build.add_metric([settings.RELEASE], 1)
        yield build

    @staticmethod
    def _of_database() -> Iterable[Metric]:
        try:
            connections, [[most]], mails, [[oldest]], signs, sent, [[returned]], [[off]] = ask(*QUESTIONS)
        except NoAnswerError:
            yield GaugeMetricFamily("portal_database_up", "Whether the database answers", value=0)
            return
        yield GaugeMetricFamily("portal_database_up", "Whether the database answers", value=1)
        now = GaugeMetricFamily("portal_db_connections", "Connections to the database", labels=["state"])
        for state, count in connections:
            now.add_metric([state], count)
        yield now
        yield GaugeMetricFamily("portal_db_connections_max", "Connections the server allows", value=most)
        rows = GaugeMetricFamily("portal_outbox_rows", "Mails in the outbox", labels=["state"])
        for state, count in mails:
            rows.add_metric([state], count)
        yield rows
        yield GaugeMetricFamily("portal_outbox_oldest_due_seconds", "How long the oldest due mail waits", value=oldest)
        yield GaugeMetricFamily("portal_returned_mails_last_day", "Mails that came back", value=returned)
        yield GaugeMetricFamily("portal_addresses_switched_off", "Addresses no mail is sent to", value=off)
        ages = dict(signs)
        yield GaugeMetricFamily(
            "portal_worker_last_seen_seconds", "Since the worker lived", value=ages.get("worker", float("inf"))
        )
        yield GaugeMetricFamily(
            "portal_beat_last_tick_seconds", "Since beat lived", value=ages.get("beat", float("inf"))
        )
        if "backup" in ages:
            yield GaugeMetricFamily("portal_backup_age_seconds", "Since the last whole backup", value=ages["backup"])
        kinds = CounterMetricFamily("portal_outbox_sent", "Mails sent, of those still in the outbox", labels=["kind"])
        for kind, count in sent:
            kinds.add_metric([kind], count)
        yield kinds

    @staticmethod
    def _of_parts() -> Iterable[Metric]:
        parts = readiness.parts()
        ready = GaugeMetricFamily("portal_part_ready", "Parts of the portal that are ready", labels=["part"])
        for name, part in parts.items():
            ready.add_metric([name], part["ok"])
        yield ready
        if "waiting" in parts["broker"]:
            yield GaugeMetricFamily("portal_queue_length", "Tasks that wait", value=parts["broker"]["waiting"])


def answered(view: str, method: str, code: int, took: float) -> None:
    """Counts one answer of this process."""
    requests.labels(view, method, str(code)).inc()
    seconds.labels(view).observe(took)


_lock = threading.Lock()
_kept: tuple[float, bytes] | None = None


def exposition() -> tuple[bytes, str]:
    """All figures as text, and its content type. At most ten seconds old."""
    global _kept
    with _lock:
        if _kept is None or time.monotonic() - _kept[0] > KEPT_SECONDS:
            registry = CollectorRegistry()
            if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
                MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            registry.register(Portal())
            _kept = (time.monotonic(), generate_latest(registry))
        return _kept[1], CONTENT_TYPE_LATEST
