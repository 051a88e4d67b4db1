"""Celery's way to long work: a thin face."""

from celery import shared_task

from . import running


@shared_task(name="record_admin.tasks.do_long_work", soft_time_limit=3300, time_limit=3600)
def do_long_work() -> None:
    """What waits; asked for by the poll, and after the commit of whoever asked."""
    running.do_what_waits()
