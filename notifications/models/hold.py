"""Whether the outbox is held: nothing is sent until somebody says so."""

from django.db import models
from django.utils import timezone


class OutboxHold(models.Model):
    """One row while nothing may be sent. A copy of the portal made from a backup is held from its first moment: its outbox
    is full of mails that the original has sent meanwhile."""

    id = models.SmallIntegerField(primary_key=True, default=1, db_default=1)
    since = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="notifications_one_outbox_hold")]

    def __str__(self) -> str:
        return self.why
