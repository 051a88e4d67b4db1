"""Celery's way to long work: a thin face."""

from celery import shared_task

from . import running


# An hour for one work, beside what may be spent before it is begun.
@shared_task(
    name="record_admin.tasks.do_long_work",
    soft_time_limit=3600 + running.MOST_SECONDS,
    time_limit=3900 + running.MOST_SECONDS,
)
def do_long_work() -> None:
    """What waits; asked for by the poll, and after the commit of whoever asked."""
    running.do_what_waits()
