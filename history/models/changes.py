"""One row for every change of a tracked row, written by the database itself."""

import datetime as dt
from collections.abc import Sequence
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from ..record_tables import tables_of, tables_of_record


class ChangeQuerySet(models.QuerySet):
    def of(self, record: models.Model) -> Self:
        """Changes of a record and of the rows that belong to it: names, photos, links."""
        return self.of_number(type(record), record.pk)

    def of_number(self, model: type[models.Model], number: int | str) -> Self:
        """The same of a record that may be gone."""
        tables = tables_of(model)
        belonging = [f"{table}:{number}" for table in tables]
        return self.filter(Q(table_name__in=tables, key=str(number)) | Q(parents__overlap=belonging))

    def by(self, actor_id: int) -> Self:
        return self.filter(actor_id=actor_id)

    def latest_below(self, records: Sequence[models.Model], rows: type[models.Model]) -> dict[int, dt.datetime]:
        """When the latest change of a kind of row that belongs to each record was made, by the record's key; rows that are
        gone by now count. The records are of one kind. One query."""
        keys = {f"{table}:{record.pk}": record.pk for record in records for table in tables_of_record(record)}
        found = self.filter(table_name=rows._meta.db_table, parents__overlap=list(keys)).order_by()
        latest: dict[int, dt.datetime] = {}
        for parents, at in found.values_list("parents").annotate(Max("at")):
            for pk in (keys[parent] for parent in parents if parent in keys):
                latest[pk] = max(at, latest.get(pk, at))
        return latest

    def latest_first(self) -> Self:
        return self.order_by("-pk")


class Change(models.Model):
    """What became of one row at one moment.

    `old` and `new` hold the changed columns of an update, the whole row of an insert or a delete. `parents` names the
    rows it belongs to as `table:key`. The actor is a user's number without a foreign key, so that erasing a person
    leaves the history; no actor means that the system, or somebody at the database's own console, wrote it.
    """

    class Action(models.TextChoices):
        INSERT = "INSERT", _("added")
        UPDATE = "UPDATE", _("changed")
        DELETE = "DELETE", _("removed")

    table_name = models.CharField(_("table"), max_length=63, db_collation="C")
    key = models.CharField(_("record"), max_length=80, db_collation="C")
    parents = ArrayField(models.CharField(max_length=150, db_collation="C"), verbose_name=_("belongs to"), default=list)
    action = models.CharField(_("action"), max_length=6, choices=Action.choices)
    old = models.JSONField(_("before"), null=True)
    new = models.JSONField(_("after"), null=True)
    actor_id = models.BigIntegerField(_("who"), null=True, db_index=True)
    reason = models.TextField(_("reason"), blank=True, default="")
    request = models.CharField(_("request"), max_length=60, blank=True, default="")
    at = models.DateTimeField(_("when"))
    transaction = models.BigIntegerField(_("transaction"))

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["table_name", "key", "-id"], name="history_of_record"),
            GinIndex(fields=["parents"], name="history_parents"),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.key}: {self.get_action_display()}"
