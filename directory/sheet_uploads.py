"""Sheets that were uploaded and looked at, and wait to be imported."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetUpload(models.Model):
    """A file that an officer has uploaded, with what its import would do as the officer was shown it.

    It is the officer's alone: a number without a key, as in the history. The content goes as soon as it is imported, the
    whole row after a day.
    """

    officer_id = models.BigIntegerField(_("who"), db_index=True)
    label = models.CharField(_("kind of record"), max_length=60, db_collation="C")
    name = models.CharField(_("file"), max_length=150)
    content = models.BinaryField(_("content"))
    encoding = models.CharField(_("read as"), max_length=20, blank=True)
    shown = models.JSONField(_("what was shown"), default=dict)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True, db_index=True)
    done_at = models.DateTimeField(_("imported"), null=True)

    class Meta:
        verbose_name = _("uploaded sheet")
        verbose_name_plural = _("uploaded sheets")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
