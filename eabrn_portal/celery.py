"""The Celery application. Tasks live in each app's `tasks.py`."""

import os
from typing import Any, Final

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eabrn_portal.settings")

app = Celery("eabrn_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# On a host that is short of processors somebody waits for a page, and nobody for a mail: the worker gets a third of what a web
# process gets, and everything that nobody else wants.
GIVES_WAY: Final = 5


@worker_init.connect
def _give_way(**_signal: Any) -> None:
    os.nice(GIVES_WAY)
