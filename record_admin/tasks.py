"""Where Celery looks for the tasks of this app."""

from .long_work.task import do_long_work

__all__ = ["do_long_work"]
