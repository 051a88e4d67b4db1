"""Two records of one site become one: everything that belongs to the second goes to the first, its address leads there.

What belongs to a record is asked of the models themselves, so that what higher floors tie to a site goes along without
being named here. A row that the first record has already, equal in all, is not kept twice. Where the database would have a
row refused or lost, nothing is done.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, router, transaction
from django.db.models import Q
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from accounts.models import RoleRequest, User
from designated_sites.models import DesignatedSite
from history.actor import acting
from history.models import Change
from history.sentences import name_of_table

from ..models import NotADuplicate, SiteRedirect

FIRST: Final = "first"
SECOND: Final = "second"
OF_THE_RECORD: Final = ("slug", "created_at", "updated_at")  # never chosen between
KEYS_BELOW: Final = (RoleRequest._meta.get_field("site_id"),)  # keys in the database alone: their floor knows no sites
PLACE_IN_LIST: Final = "order"  # rows are equal wherever they stand in their list


@dataclass(frozen=True)
class Difference:
    """A field in which two records differ; `proposed` says whose value is taken if the officer does not choose."""

    field: models.Field
    first: object
    second: object

    @property
    def proposed(self) -> str:
        return SECOND if self.first in (None, "", []) else FIRST


@dataclass(frozen=True)
class Move:
    """Rows of one table that go to the first record, and those it has already."""

    label: str
    moved: int
    doubled: int


def differences(first: DesignatedSite, second: DesignatedSite) -> list[Difference]:
    found = []
    fields = {field.name: field for field in first._meta.concrete_fields}
    for name, field in fields.items():
        if field.primary_key or not field.editable or name in OF_THE_RECORD:
            continue
        if (
            f"{name}_{settings.LANGUAGE_CODE}" in fields
        ):  # a text stands once in each language; this column follows them
            continue
        values = [getattr(site, field.attname) for site in (first, second)]
        if values[0] != values[1]:
            found.append(Difference(field, *values))
    return found


def moves(first: DesignatedSite, second: DesignatedSite) -> list[Move]:
    """What would go over, without doing it."""
    moves = []
    for rows in _belonging(second):
        doubled = sum(1 for row in rows if _double_of(row, rows.of, first))
        if rows:
            moves.append(Move(name_of_table(rows.of.model._meta.db_table), len(rows) - doubled, doubled))
    return moves


def version_of(first: DesignatedSite, second: DesignatedSite) -> int:
    """Number of the latest change of either, or of an address that leads to one of them: each merge makes one, also where
    it changes nothing in the record that stays."""
    leading = SiteRedirect.objects.filter(site__in=[first.pk, second.pk])
    addresses = Change.objects.filter(
        table_name=SiteRedirect._meta.db_table, key__in=[str(number) for number in leading.values_list("pk", flat=True)]
    )
    changes = Change.objects.of(first) | Change.objects.of(second) | addresses
    return changes.latest_first().values_list("pk", flat=True).first() or 0


def merge(
    *,
    model: type[DesignatedSite],
    first: int,
    second: int,
    take: Mapping[str, str],
    seen: int,
    reason: str,
    by: User,
) -> DesignatedSite:
    """The first record, with all that belonged to the second. `take` says by field whose value is kept, `seen` which
    version of both was looked at. ValidationError where it cannot be done; then nothing is."""
    with acting(by.pk, reason=reason):
        locked = {
            site.pk: site
            for site in model._base_manager.select_for_update().filter(pk__in=[first, second]).order_by("pk")
        }
        if len(locked) < 2:
            raise ValidationError(_("One of the two records is no longer there."))
        kept, gone = locked[first], locked[second]
        _refuse(kept, gone, seen)
        for difference in differences(kept, gone):
            if take.get(difference.field.name, difference.proposed) == SECOND:
                setattr(kept, difference.field.attname, difference.second)
        for rows in _belonging(gone):
            _hand_over(rows, kept)
        _keep_pairs(kept, gone)
        _remove(gone)
        kept.full_clean()
        kept.save()
        _redirect(kept, gone.slug, second)
    return kept


class _Rows(list[models.Model]):
    """Rows of one table that point to a site; `of` is the foreign key by which they do."""

    def __init__(self, of: models.Field, rows: Iterable[models.Model]) -> None:
        super().__init__(rows)
        self.of = of


def _belonging(site: DesignatedSite) -> Iterator[_Rows]:
    for relation in site._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            key = cast(models.ForeignObjectRel, relation).field
            if not key.model._meta.proxy and key.model is not NotADuplicate:
                yield _rows(key, site)
    for number in KEYS_BELOW:
        yield _rows(number, site)


def _rows(key: models.Field, site: DesignatedSite) -> _Rows:
    return _Rows(key, key.model._base_manager.filter(**{key.attname: site.pk}).order_by("pk"))


def _double_of(row: models.Model, key: models.Field, first: DesignatedSite) -> models.Model | None:
    """A row of the first record that says the same."""
    same = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field != key and field.name != PLACE_IN_LIST
    }
    return next(
        (one for one in _rows(key, first) if all(getattr(one, name) == value for name, value in same.items())), None
    )


def _hand_over(rows: _Rows, kept: DesignatedSite) -> None:
    for row in rows:
        only = rows.of.model._base_manager.filter(pk=row.pk)
        if _double_of(row, rows.of, kept):
            _refuse_loss(row)
            only.delete()
            continue
        try:
            with transaction.atomic():
                only.update(**{rows.of.attname: kept.pk})
        except IntegrityError as forbidden:
            message = _("Both records have their own “%(row)s” (%(kind)s). Make one of the two first, then merge.")
            raise ValidationError(
                message % {"row": row, "kind": name_of_table(rows.of.model._meta.db_table)}
            ) from forbidden


def _refuse(kept: DesignatedSite, gone: DesignatedSite, seen: int) -> None:
    if version_of(kept, gone) != seen:
        raise ValidationError(_("One of the two records was changed since you looked at them. Look again."))
    part = f"{kept.part_of}_id" if kept.part_of else ""
    if part and (getattr(kept, part) == gone.pk or getattr(gone, part) == kept.pk):
        raise ValidationError(_("One of the two is a part of the other: they are two sites."))


def _refuse_loss(row: models.Model) -> None:
    """Whatever would go with a row, or lose its link to it, keeps it from being removed."""
    collector = Collector(using=router.db_for_write(type(row)))
    collector.collect([row])
    own = {type(row), *type(row)._meta.all_parents}
    others = {
        model for model, found in collector.data.items() if model not in own or {one.pk for one in found} - {row.pk}
    }
    others |= {rows.model for rows in collector.fast_deletes if isinstance(rows, models.QuerySet) and rows.exists()}
    for (field, _value), batches in collector.field_updates.items():
        if any(batch.exists() if isinstance(batch, models.QuerySet) else batch for batch in batches):
            others.add(field.model)
    if others:
        tables = ", ".join(sorted(name_of_table(model._meta.db_table) for model in others))
        raise ValidationError(_("Something would be lost with %(row)s: %(tables)s.") % {"row": row, "tables": tables})


def _remove(gone: DesignatedSite) -> None:
    _refuse_loss(gone)
    gone.delete()


def _redirect(kept: DesignatedSite, old_slug: str, former: int) -> None:
    """The old address leads to the record that is kept; those that led to the old one went over with all that is its. The number
    is handed over: an object that was deleted has lost its own."""
    redirects = SiteRedirect.objects.filter(kind=kept.kind)
    redirects.filter(old_slug=kept.slug).delete()
    redirects.update_or_create(kind=kept.kind, old_slug=old_slug, defaults={"site": kept, "former_id": former})


def _keep_pairs(kept: DesignatedSite, gone: DesignatedSite) -> None:
    """What an officer has said of the second record, that it is not some other one, holds for the first from now on."""
    pairs = NotADuplicate.objects.filter(Q(first=gone) | Q(second=gone))
    for pair in list(pairs):
        numbers = {pair.first_id, pair.second_id} - {gone.pk} | {kept.pk}
        if len(numbers) == 2:
            first, second = sorted(numbers)
            said = {"reason": pair.reason, "by": pair.by}
            NotADuplicate.objects.get_or_create(first_id=first, second_id=second, defaults=said)
    pairs.delete()
