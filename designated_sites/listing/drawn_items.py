"""Sites as a directory draws them: each drawn once for a version of the data, and only when it is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from ..models import SiteName
from .list_items import ListItem
from .site_table import Kind, Site, SiteTable

TEMPLATE = "designated_sites/_entry.html"


@dataclass(frozen=True)
class DrawnItem:
    site: Site
    html: SafeString


def drawn_items(table: SiteTable, kinds: Sequence[Kind], sites: Iterable[Site]) -> list[DrawnItem]:
    """In the order of the sites; one that is gone since the table was read is left out. Where a directory holds several
    kinds, each entry names its own."""
    keys = {(site.kind, site.pk): site for site in sites}
    shown: dict[tuple[str, int], DrawnItem | None] = {key: table.held(("card", *key)) for key in keys}
    for kind in kinds:
        missing = [pk for (name, pk), card in shown.items() if name == kind.model.kind and card is None]
        if missing:
            drawn = _draw(table, kind, missing, mixed=len(kinds) > 1)
            for pk, html in drawn.items():
                key = kind.model.kind, pk
                shown[key] = table.put(("card", *key), DrawnItem(keys[key], html))
    return [card for card in shown.values() if card]


class _Entry(ListItem):
    """Its site comes with the names in the script of the place, in the same query."""

    @property
    def local_names(self) -> Any:
        return self.site.names_there


def _draw(table: SiteTable, kind: Kind, keys: list[int], *, mixed: bool) -> dict[int, SafeString]:
    names: Any = kind.model._meta.get_field("names").related_model
    local = names._base_manager.filter(site=OuterRef("pk"), kind=SiteName.Kind.LOCAL).order_by("order", "pk")
    listed = ArraySubquery(local.values(row=JSONObject(name=F("name"), language=F("language"))))
    template, states = get_template(TEMPLATE), table.states()
    drawn = {}
    for site in kind.model.objects.published().filter(pk__in=keys).annotate(names_there=listed):
        entry = _Entry(site, [states[code] for code in site.state_codes if code in states])
        drawn[site.pk] = mark_safe(template.render({"entry": entry, "mixed": mixed}))
    return drawn
