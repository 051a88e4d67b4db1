"""The three zones of a reserve as a table, and how they stand to the published total. Not known is said, never guessed."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.formats.measures import grouped, per_cent

from .models import BiosphereReserve

LABELS = {
    "core": gettext_lazy("Core area"),
    "buffer": gettext_lazy("Buffer zone"),
    "transition": gettext_lazy("Transition area"),
}
_ROUNDING = Decimal(1)  # figures rounded to the hectare may differ by so much from their total


@dataclass(frozen=True)
class Zone:
    """One zone: hectares, or None when not known; `share` between 0 and 1, or None when there is nothing to compare with."""

    key: str
    label: str | Promise
    hectares: Decimal | None
    share: Decimal | None

    @property
    def per_cent(self) -> str:
        return "" if self.share is None else per_cent(float(self.share))


@dataclass(frozen=True)
class ZoneTable:
    """`total` is the published one; `known_sum` adds up the zones that are known."""

    zones: list[Zone]
    total: Decimal | None
    known_sum: Decimal | None
    all_known: bool

    @property
    def agrees(self) -> bool:
        """The zones, all or those known, fill the published total."""
        return self.total is not None and self.known_sum is not None and abs(self.total - self.known_sum) <= _ROUNDING


def zone_table(reserve: BiosphereReserve) -> ZoneTable:
    hectares = {key: getattr(reserve, f"{key}_ha") for key in LABELS}
    known_sum, total = reserve.zones_sum_ha, reserve.area_ha
    all_known = None not in hectares.values()
    whole = _whole(known_sum, total, all_known)
    zones = [Zone(key, label, hectares[key], _share(hectares[key], whole)) for key, label in LABELS.items()]
    return ZoneTable(zones, total, known_sum, all_known)


def _whole(known_sum: Decimal | None, total: Decimal | None, all_known: bool) -> Decimal | None:
    """What shares are shares of: the sum of all zones; the total where a zone is missing, unless they overfill it."""
    if known_sum is None or all_known:
        return known_sum or None
    return total if total is not None and known_sum <= total + _ROUNDING else None


def _share(hectares: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if hectares is None or whole is None else hectares / whole


def area_sentence(table: ZoneTable) -> str:
    """How the published total stands to the zones; empty when there is nothing to say."""
    if table.known_sum is None:
        return _("The areas of the zones are not known.")
    known_sum = grouped(table.known_sum)
    if table.total is None:
        sentence = (
            _("The three zones add up to %(sum)s ha.") if table.all_known
            else _("The zones that are known add up to %(sum)s ha.")
        )  # fmt: skip
        return sentence % {"sum": known_sum}
    if table.agrees:
        return _equal(table)
    if table.all_known:
        return _("Differs from the sum of the three zones, %(sum)s ha.") % {"sum": known_sum}
    if table.known_sum > table.total:
        return _("The zones that are known add up to %(sum)s ha, more than the total.") % {"sum": known_sum}
    return _("The zones that are known add up to %(sum)s ha; the rest is not known.") % {"sum": known_sum}


def _equal(table: ZoneTable) -> str:
    exact = table.total == table.known_sum
    if not table.all_known:
        return _("Equals the sum of the zones that are known.")
    return (
        _("Equals the sum of the three zones.") if exact else _("Equals the sum of the three zones, but for rounding.")
    )
