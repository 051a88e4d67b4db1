"""Which mails belong to an event or training: those about itself, about places, applications, surveys and certificates of it.

Each app names the records of its own that mails of an event or training are about; in its `workspace.py`.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q

from notifications.models import Mail, MailQuerySet

RowsOf = Callable[[Any], models.QuerySet]
_rows: dict[type[models.Model], list[RowsOf]] = {}


def register_mails_about(model: type[models.Model], rows: RowsOf) -> None:
    """`rows` gives records that belong to one of a model, and that mails are about."""
    _rows.setdefault(model, []).append(rows)


def mails_of(record: models.Model) -> MailQuerySet:
    """Every mail of an event or training."""
    about = Q(subject_label=record._meta.label_lower, subject_id=record.pk)
    for rows in _rows.get(type(record), ()):
        found = rows(record)
        about |= Q(subject_label=found.model._meta.label_lower, subject_id__in=found.order_by().values("pk"))
    return Mail.objects.filter(about)
