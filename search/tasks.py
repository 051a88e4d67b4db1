"""Celery's way to the search entries: changes made past the web server are found within a minute."""

from celery import shared_task

from . import index as search_index


@shared_task(name="search.tasks.refresh_search")
def refresh_search() -> None:
    """Writes the entries anew of what has changed."""
    search_index.refresh()
