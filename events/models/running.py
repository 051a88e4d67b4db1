"""The door of an online event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .registration import Registration


class DoorOpening(models.Model):
    """When somebody first found the links on their personal page; helps to tell who is who in an attendance list."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, primary_key=True, related_name="door_opening", verbose_name=_("registration")
    )
    at = models.DateTimeField(_("opened the door"))

    class Meta:
        verbose_name = _("opened door")
        verbose_name_plural = _("opened doors")

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.at:%Y-%m-%d %H:%M}"
