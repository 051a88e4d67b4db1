"""Two records of one site become one: everything that belongs to the second goes to the first, its address leads there."""

from collections.abc import Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import RoleRequest, User
from designated_sites.models import DesignatedSite
from history.actor import acting
from history.models import Change
from record_admin import merging
from record_admin.merging import SECOND, Belongings, Difference, Move

from ..models import NotADuplicate, SiteRedirect

OF_THE_RECORD: Final = ("slug", "created_at", "updated_at")  # never chosen between
BELONGINGS: Final = Belongings(
    leaving=(NotADuplicate,),
    below=(RoleRequest._meta.get_field("site_id"),),  # keys in the database alone: their floor knows no sites
)


def differences(first: DesignatedSite, second: DesignatedSite) -> list[Difference]:
    return merging.differences(first, second, OF_THE_RECORD)


def moves(first: DesignatedSite, second: DesignatedSite) -> list[Move]:
    """What would go over, without doing it."""
    return BELONGINGS.moves(first, second)


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
        for rows in BELONGINGS.of(gone):
            merging.hand_over(rows, kept)
        merging.keep_pairs(NotADuplicate, kept, gone, ("reason", "by"))
        merging.refuse_loss(gone)
        gone.delete()
        kept.full_clean()
        kept.save()
        _redirect(kept, gone.slug, second)
    return kept


def _refuse(kept: DesignatedSite, gone: DesignatedSite, seen: int) -> None:
    if version_of(kept, gone) != seen:
        raise ValidationError(_("One of the two records was changed since you looked at them. Look again."))
    part = f"{kept.part_of}_id" if kept.part_of else ""
    if part and (getattr(kept, part) == gone.pk or getattr(gone, part) == kept.pk):
        raise ValidationError(_("One of the two is a part of the other: they are two sites."))


def _redirect(kept: DesignatedSite, old_slug: str, former: int) -> None:
    """The old address leads to the record that is kept; those that led to the old one went over with all that is its. The number
    is handed over: an object that was deleted has lost its own."""
    redirects = SiteRedirect.objects.filter(kind=kept.kind)
    redirects.filter(old_slug=kept.slug).delete()
    redirects.update_or_create(kind=kept.kind, old_slug=old_slug, defaults={"site": kept, "former_id": former})
