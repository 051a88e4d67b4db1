"""Celery's way to the purge: a thin face."""

import logging

from celery import shared_task

from . import retention

logger = logging.getLogger(__name__)


@shared_task(name="history.tasks.purge")
def purge() -> None:
    """Applies every rule of retention once."""
    for run in retention.purge():
        if run.rows:
            logger.info("Purge: %s, %s rows", run.rule, run.rows)
