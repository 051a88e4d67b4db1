"""What persons have agreed to."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .person import Person


class ConsentQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """One agreement: who, to what, in which version of the privacy notice, when and how. Withdrawn, never rewritten."""

    class What(models.TextChoices):
        NOTICE = "notice", _("Privacy notice read")
        TRANSFER = "transfer", _("Data may be passed on across borders")

    class How(models.TextChoices):
        SIGN_UP = "sign_up", _("When the account was made")
        OWN_PAGE = "own_page", _("On the own page")
        FORM = "form", _("With a registration or application")
        TOLD = "told", _("Told to the focal point or the secretariat")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents", verbose_name=_("person"))
    what = models.CharField(_("to what"), max_length=10, choices=What.choices)
    version = models.CharField(_("version of the notice"), max_length=20, db_collation="C")
    how = models.CharField(_("how"), max_length=10, choices=How.choices)
    # An id without a key: who wrote it down for somebody else may be erased later.
    by_id = models.BigIntegerField(_("written down by"), null=True, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "what", "version"], condition=Q(withdrawn_at=None), name="accounts_consent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.get_what_display()}"
