"""Settings, addresses, tasks and the home page: wires all apps together and lends nothing to them."""

from .celery import app as celery_app

__all__ = ["celery_app"]
