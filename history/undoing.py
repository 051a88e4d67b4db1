"""Taking back all that one transaction wrote into records, as one act: an import, while nobody has touched its rows since."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from . import written_rows
from .models import Change
from .record_tables import model_of_table
from .sentences import name_of_table

MOST_NAMED: Final = 20


def this_transaction() -> int:
    """The number under which the history keeps what is written now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        return int(cursor.fetchone()[0])


def touched_since(number: int) -> list[Change]:
    """Later changes of rows that a transaction wrote, and of rows that were added to them: one for each."""
    own = list(Change.objects.filter(transaction=number))
    if not own:
        return []
    names = {f"{one.table_name}:{one.key}" for one in own}
    later = Change.objects.filter(pk__gt=max(one.pk for one in own)).exclude(transaction=number).order_by("pk")
    of_rows = later.filter(table_name__in={one.table_name for one in own}, key__in={one.key for one in own})
    added = later.filter(parents__overlap=sorted(names))
    found: dict[str, Change] = {}
    for change in [*of_rows, *added]:
        name = f"{change.table_name}:{change.key}"
        if name in names or names.intersection(change.parents):
            found.setdefault(name, change)
    return list(found.values())


@transaction.atomic
def undo(*, number: int) -> int:
    """All rows as they were before that transaction; how many changes were taken back. ValidationError that names what has
    been touched since, or what the database has against it; then nothing is changed."""
    if touched := touched_since(number):
        named = [f"{name_of_table(one.table_name)} {one.key}" for one in touched[:MOST_NAMED]]
        more = len(touched) - len(named)
        if more:
            named.append(_("and %(count)d more") % {"count": more})
        raise ValidationError(_("These were changed since, so nothing was undone: %s.") % "; ".join(named))
    changes = list(Change.objects.filter(transaction=number).order_by("-pk"))
    with written_rows.together():
        for change in changes:
            model = model_of_table(change.table_name)
            if model is None:
                raise ValidationError(_("Records of this kind are no longer kept in the portal."))
            if change.action == Change.Action.INSERT:
                written_rows.take_away(model, change.key)
            elif change.action == Change.Action.DELETE:
                written_rows.put_back(model, change.old or {})
            else:
                written_rows.change_back(model, change.key, change.old or {})
    return len(changes)
