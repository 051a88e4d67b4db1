"""What the roof keeps for itself: signs of life of its processes, and forms that were sent twice or too late."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class SignOfLife(models.Model):
    """When a kind of process (`worker`, `beat`) last did its work. Tells monitors; nothing else depends on it."""

    process = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.process} {self.at:%Y-%m-%d %H:%M:%S}"


class Press(models.Model):
    """One press of a button of a form: whoever presses again meanwhile, or reloads, gets what the first one got.

    Of who pressed and of what was typed stand only numbers here that nobody can turn back; the answer is sealed.
    """

    key = models.CharField(max_length=64, primary_key=True, db_collation="C")
    page = models.CharField(max_length=64, db_index=True, db_collation="C")
    act = models.CharField(max_length=64, db_index=True, db_collation="C")  # the same from whatever page it is sent
    led_on = models.BooleanField(default=False)  # the answer leads to another page, as where something was added
    holder = models.CharField(max_length=150, db_collation="C")  # the process that does it, and which time
    browsers = ArrayField(models.CharField(max_length=64, db_collation="C"))
    sealed = models.TextField(blank=True)  # the answer; empty while it is being done
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Typed(models.Model):
    """What somebody had typed whose session was over when they sent it. It waits, sealed, until the same person is back."""

    key = models.CharField(max_length=64, primary_key=True, db_collation="C")
    whose = models.CharField(max_length=64, db_collation="C")
    sealed = models.TextField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
