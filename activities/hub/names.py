"""How the pages of a hub are called in addresses: `events_event_overview`, `trainings_training_attendance`."""

from django.db import models
from django.urls import reverse

OVERVIEW = "overview"
DETAILS = "details"
SESSIONS = "sessions"
ATTENDANCE = "attendance"
MATERIALS = "materials"
CERTIFICATES = "certificates"
MAILS = "mails"
HISTORY = "history"
# Parts that are pages of Django's own.
STOCK = {DETAILS: "change", HISTORY: "history"}


def url_name(model: type[models.Model], page: str) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}_{STOCK.get(page, page)}"


def page_of(record: models.Model, page: str) -> str:
    """The address of a page of the hub of a record."""
    return reverse(f"admin:{url_name(type(record), page)}", args=[record.pk])
