"""Who changed something, in words."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .models import Change
from .record_tables import tables_of_record


def names_of(actors: set[int]) -> dict[int, str]:
    """Accounts by number, for those that are still there."""
    return {user.pk: str(user) for user in get_user_model()._default_manager.filter(pk__in=actors)}


def name_of(actor_id: int | None, names: dict[int, str]) -> str:
    return names.get(actor_id, _("a user since removed")) if actor_id else _("the system")


def last_change(row: models.Model, name: str) -> Change | None:
    """The latest change of one field of a row; of a relation to many, the latest link made or taken away."""
    field: Any = row._meta.get_field(name)
    if field.many_to_many:
        through = field.remote_field.through._meta.db_table
        belongs = [f"{table}:{row.pk}" for table in tables_of_record(row)]
        changes = Change.objects.filter(table_name=through, parents__overlap=belongs)
    else:
        changes = Change.objects.filter(table_name=field.model._meta.db_table, key=str(row.pk))
        changes = changes.filter(Q(new__has_key=field.column) | ~Q(action=Change.Action.UPDATE))
    return changes.latest_first().first()


def actor_label(change: Change) -> str:
    """`Changed by oyun@example.org on 3 May 2030, 10:00 (UTC).`"""
    who = name_of(change.actor_id, names_of({change.actor_id} if change.actor_id else set()))
    when = date_format(localtime(change.at), "j F Y, H:i e")
    return _("Changed by %(who)s on %(when)s.") % {"who": who, "when": when}
