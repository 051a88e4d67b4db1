"""Sites as a directory draws them: each drawn once for a version of the data, and only when it is shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from history.versions import Version
from network.models import MemberState
from records.cached import cached_many

from ..models import SiteName
from .list_items import ListItem
from .site_table import Kind, Site

TEMPLATE = "designated_sites/_entry.html"


@dataclass(frozen=True)
class DrawnItem:
    site: Site
    html: SafeString


def drawn_items(
    version: Version, states: Mapping[str, MemberState], kinds: Sequence[Kind], sites: Iterable[Site]
) -> list[DrawnItem]:
    """In the order of the sites; one that is gone since the table was read is left out. Where a directory holds several
    kinds, each entry names its own."""
    keys, mixed = {(site.kind, site.pk): site for site in sites}, len(kinds) > 1

    def draw(missing: Collection[tuple[str, int]]) -> dict[tuple[str, int], SafeString]:
        drawn: dict[tuple[str, int], SafeString] = {}
        for kind in kinds:
            if wanted := [pk for name, pk in missing if name == kind.model.kind]:
                drawn |= {(kind.model.kind, pk): html for pk, html in _draw(states, kind, wanted, mixed=mixed).items()}
        return drawn

    shown = cached_many("list-item", version, keys, draw, mixed)
    return [DrawnItem(keys[key], html) for key, html in shown.items()]


class _Entry(ListItem):
    """Its site comes with the names in the script of the place, in the same query."""

    @property
    def local_names(self) -> Any:
        site: Any = self.site
        return site.names_there


def _draw(states: Mapping[str, MemberState], kind: Kind, keys: list[int], *, mixed: bool) -> dict[int, SafeString]:
    local = SiteName._base_manager.filter(site=OuterRef("pk"), kind=SiteName.Kind.LOCAL).order_by("order", "pk")
    listed = ArraySubquery(local.values(row=JSONObject(name=F("name"), language=F("language"))))
    template = get_template(TEMPLATE)
    drawn = {}
    for site in kind.model.objects.published().filter(pk__in=keys).annotate(names_there=listed):
        entry = _Entry(site, [states[code] for code in site.state_codes if code in states])
        drawn[site.pk] = mark_safe(template.render({"entry": entry, "mixed": mixed}))
    return drawn
