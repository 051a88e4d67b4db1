"""The secret address of a person's own calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person

from .registration import new_token


class CalendarToken(models.Model):
    """Whoever holds the token reads the person's calendar: calendar programs cannot sign in. Without a row there is none."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_token", verbose_name=_("person"))
    token = models.CharField(
        _("token of the calendar address"),
        max_length=40,
        unique=True,
        default=new_token,
        editable=False,
        db_collation="C",
    )
    created_at = models.DateTimeField(_("made"), auto_now=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.person)
