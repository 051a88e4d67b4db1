"""Celery's way into the outbox: a thin face. The rows decide what is due, so a task that is lost or doubled changes nothing."""

import logging

from celery import shared_task

from . import planning
from .delivery import sending

logger = logging.getLogger(__name__)


@shared_task(name="notifications.tasks.send_due")
def send_due() -> None:
    """One pass over the outbox; asked for by the poll, and by `outbox.wake` after a commit."""
    done = sending.send_due()
    if any(vars(done).values()):
        logger.info("Outbox: %s", done)


@shared_task(name="notifications.tasks.plan")
def plan() -> None:
    """Writes down the mails that only the calendar asks for."""
    if planned := planning.plan():
        logger.info("Outbox: %s planned", planned)
