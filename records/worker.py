"""Telling a worker that there is something to do. It is a courtesy: what is to be done stands in a row that a poll finds."""

import logging
from typing import Any, Final

from celery import current_app

logger = logging.getLogger(__name__)
# A broker that is down may not hold up a request.
IMPATIENT: Final = {
    "socket_connect_timeout": 0.4,
    "socket_timeout": 0.4,
    "max_retries": 0,
    "connect_retries_timeout": 0.4,
}


def tell_worker(task: Any) -> bool:
    """Whether the broker has taken it. Says so in the log when there is none to tell."""
    if current_app.conf.task_always_eager:
        task.delay()
        return True
    try:
        with current_app.connection_for_write(transport_options=IMPATIENT, connect_timeout=0.4) as broker:
            task.apply_async(connection=broker, retry=False)
    except Exception as error:  # whatever the broker's library raises: the poll finds the row
        logger.warning("The worker could not be woken, the next poll finds what waits: %s", error)
        return False
    return True
