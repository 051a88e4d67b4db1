"""Two records of human beings: that they are two people, or that one of them has become the other."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .person import Person
from .user import User


class DifferentPersons(models.Model):
    """An officer's word that two records are two people. Their numbers stand in rising order."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("one record"))
    second = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("other record"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by"))
    at = models.DateTimeField(_("decided"), auto_now_add=True)

    class Meta:
        verbose_name = _("pair of different people")
        verbose_name_plural = _("pairs of different people")
        ordering = ["first_id", "second_id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="accounts_differentpersons_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="accounts_differentpersons_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class FormerPersonQuerySet(models.QuerySet):
    def of(self, person_id: int) -> Self:
        return self.filter(person=person_id)


class FormerPerson(models.Model):
    """The number of a record that has become one with another: what names it leads to that one for good."""

    former_id = models.BigIntegerField(_("number of the record merged"), unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="former_numbers", verbose_name=_("person"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = FormerPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("former number of a person")
        verbose_name_plural = _("former numbers of persons")
        ordering = ["former_id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.former_id} → {self.person_id}"
