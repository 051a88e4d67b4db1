"""The signs of life of the portal's processes."""

from django.db import models


class SignOfLife(models.Model):
    """When a kind of process (`worker`, `beat`) last did its work. Tells monitors; nothing else depends on it."""

    process = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.process} {self.at:%Y-%m-%d %H:%M:%S}"
