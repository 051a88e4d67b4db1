"""Rows of all events, or of all trainings: rooms of the admin that show one of them have a model without a table for it."""

from django.db import models


class RowsOfType(models.Manager):
    """Rows whose activity is of one type; `path` leads from the row to its activity."""

    def __init__(self, activity_type: str, path: str = "activity") -> None:
        super().__init__()
        self.activity_type, self.path = activity_type, path

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(**{f"{self.path}__activity_type": self.activity_type})
