"""What an import remembers: what data files brought in, and sheets that wait to be imported."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedRow(models.Model):
    """What `load_network_data` last wrote for one row of a data file.

    A value in the database that differs from it was edited by staff since, and is not overwritten.
    """

    source = models.CharField(_("data file"), max_length=60, db_collation="C")
    key = models.CharField(_("row"), max_length=120, db_collation="C")
    values = models.JSONField(_("values as loaded"))
    loaded_at = models.DateTimeField(_("loaded"), auto_now=True)

    class Meta:
        verbose_name = _("loaded row")
        verbose_name_plural = _("loaded rows")
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="record_import_loadedrow_once")]

    def __str__(self) -> str:
        return f"{self.source}: {self.key}"


class SheetUpload(models.Model):
    """A file that an officer has uploaded, with what its import would do as the officer was shown it.

    It is the officer's alone: a number without a key, as in the history. The content goes as soon as it is imported, the
    whole row after a week, until which the import can be undone.
    """

    officer_id = models.BigIntegerField(_("who"), db_index=True)
    label = models.CharField(_("kind of record"), max_length=60, db_collation="C")
    name = models.CharField(_("file"), max_length=150)
    content = models.BinaryField(_("content"))
    encoding = models.CharField(_("read as"), max_length=20, blank=True)
    shown = models.JSONField(_("what was shown"), default=dict)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True, db_index=True)
    done_at = models.DateTimeField(_("imported"), null=True)
    transaction = models.BigIntegerField(_("transaction"), null=True)
    undone_at = models.DateTimeField(_("undone"), null=True)

    class Meta:
        verbose_name = _("uploaded sheet")
        verbose_name_plural = _("uploaded sheets")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
