"""Files that applicants and participants hand in."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .applications import Application


def private_storage() -> Storage:
    """Where no web server looks: such files leave it by a view alone, which asks who wants them."""
    return storages["private"]


class ApplicationFile(models.Model):
    """One file handed in with an application: the answer to a question, or the presentation of a participant."""

    class Purpose(models.TextChoices):
        ANSWER = "answer", _("Answer in the application")
        FOLLOW_UP = "follow_up", _("Answer in the follow-up form")
        PRESENTATION = "presentation", _("Presentation")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="files", verbose_name=_("application")
    )  # fmt: skip
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    code = models.SlugField(_("code of the question"), max_length=40, blank=True, db_collation="C")
    file = models.FileField(_("file"), storage=private_storage, max_length=200)
    name = models.CharField(_("name as it was handed in"), max_length=150)
    kind = models.CharField(_("kind"), max_length=8)
    size = models.PositiveIntegerField(_("bytes"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("file of an application")
        verbose_name_plural = _("files of applications")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "purpose", "code"], name="trainings_applicationfile_once"),
            models.CheckConstraint(
                condition=Q(purpose="presentation", code="") | (~Q(purpose="presentation") & ~Q(code="")),
                name="trainings_applicationfile_for_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name
