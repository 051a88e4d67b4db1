"""Records that were deleted and can be brought back: the changes in which their rows went."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Final, Self

from django.conf import settings
from django.db.models import BooleanField, Exists, Func, OuterRef, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .changes import Change, ChangeQuerySet

KEPT_DAYS: Final[int] = settings.RETENTION_DAYS["deleted"]


_successions: dict[str, str] = {}


def register_succession(table: str, column: str) -> None:
    """A table whose rows say of a record that it has become one with another, by its number in a column: it is not gone, so it
    does not come back."""
    _successions[table] = column


class _IsAmong(Func):
    """Whether a value is one of an array's."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class DeletedQuerySet(ChangeQuerySet):
    def restorable(self, tables: Iterable[str]) -> Self:
        """Rows of these tables that were deleted by themselves, not with what they belong to, and have not come back."""
        since = timezone.now() - dt.timedelta(days=KEPT_DAYS)
        deleted = Change.objects.filter(action=Change.Action.DELETE, transaction=OuterRef("transaction"))
        named = Concat("table_name", Value(":"), "key", output_field=TextField())
        with_its_owner = deleted.filter(_IsAmong(named, OuterRef("parents")))
        later = Change.objects.filter(
            action=Change.Action.INSERT, table_name=OuterRef("table_name"), key=OuterRef("key"), pk__gt=OuterRef("pk")
        )
        gone = self.filter(action=Change.Action.DELETE, table_name__in=list(tables), at__gte=since)
        for table, column in _successions.items():
            led_on = Change.objects.annotate(former=KeyTextTransform(column, "new")).filter(
                action=Change.Action.INSERT,
                table_name=table,
                transaction=OuterRef("transaction"),
                former=OuterRef("key"),
            )
            gone = gone.exclude(Exists(led_on))
        return gone.exclude(Exists(with_its_owner)).exclude(Exists(later))


class DeletedRecord(Change):
    """The deletion of a record, as far as it can be undone: 90 days."""

    objects: ClassVar = DeletedQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("deleted record")
        verbose_name_plural = _("deleted")
        default_permissions = ("view",)
