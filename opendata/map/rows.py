"""The list beside the map: each site found, with its place on the map and what its card says.

The rows are drawn here and not by a template, which would take longer for two hundred of them than everything else for the
whole page. The script reads the map's markers and cards from them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from designated_sites.drawing.atlas import Plane
from designated_sites.listing.site_table import Site
from designated_sites.models import DesignatedSite, SiteName
from network.models import MemberState

LocalName = tuple[str, str]  # and its language


@dataclass(frozen=True)
class Group:
    """The sites of a member state."""

    title: str
    sites: Sequence[Site]
    rows: SafeString


def groups_of(sites: Sequence[Site], states: Mapping[str, MemberState], plane: Plane) -> list[Group]:
    draw = _Rows(states, _local_names(sites), plane).row
    return [
        Group(title, found, mark_safe("".join(map(draw, found)))) for title, found in _by_state(sites, states) if found
    ]


def _by_state(sites: Sequence[Site], states: Mapping[str, MemberState]) -> list[tuple[str, list[Site]]]:
    groups = [(state.name, [site for site in sites if site.state_codes == [code]]) for code, state in states.items()]
    shared = [site for site in sites if len(site.state_codes) > 1]
    elsewhere = [site for site in sites if len(site.state_codes) < 2 and not states.keys() & site.state_codes]
    return [*groups, (_("Shared by several states"), shared), (_("Member state not known"), elsewhere)]


def _local_names(sites: Iterable[Site]) -> dict[int, list[LocalName]]:
    """The names in the script of the place, of all sites of the list in one query, by the number of the site."""
    found: dict[int, list[LocalName]] = {}
    names = SiteName.objects.filter(site__in=[site.pk for site in sites], kind=SiteName.Kind.LOCAL)
    for pk, name, language in names.values_list("site_id", "name", "language"):
        found.setdefault(pk, []).append((name, language))
    return found


class _Rows:
    """What all rows have in common, looked up once."""

    def __init__(
        self, states: Mapping[str, MemberState], local_names: Mapping[int, list[LocalName]], plane: Plane
    ) -> None:
        self.state_names = {code: escape(state.name) for code, state in states.items()}
        self.local_names, self.plane = local_names, plane
        self.kinds = {"reserve": escape(_("Biosphere reserve")), "geopark": escape(_("Geopark"))}
        self.statuses: dict[str, str] = {
            DesignatedSite.Status.ASPIRING: escape(_("aspiring")),
            DesignatedSite.Status.WITHDRAWN: escape(_("withdrawn")),
        }
        self.no_point = f" ({escape(_('no point on the map'))})"

    def row(self, site: Site) -> str:
        kind, codes = site.kind, [code for code in site.state_codes if code in self.state_names]
        place, no_point = "", self.no_point
        if site.is_located:
            x, y = self.plane.to_plane(*site.point)
            place = f' data-x="{round(x)}" data-y="{round(y)}" data-kind="{kind}" data-states="{" ".join(codes)}"'
            no_point = ""
        when = self.statuses.get(site.status) or str(site.designation_year or "")
        shared = ", ".join(self.state_names[code] for code in codes) if site.is_shared else ""
        return (
            f'<li{place}><svg class="kind kind-{kind}" aria-hidden="true"><use href="#i-{kind}"/></svg>'
            f'<div><a href="{escape(site.url)}">{escape(site.name)}</a> <span class="soft">{self._local(site)}'
            f'<span class="visually-hidden" data-kind-word>{self.kinds[kind]}</span> <span class="when">{when}</span>'
            + (f' <span class="shared">{shared}</span>' if shared else "")
            + f"{no_point}</span></div></li>"
        )

    def _local(self, site: Site) -> str:
        names = ' <span aria-hidden="true">/</span> '.join(
            f'<span lang="{escape(language)}">{escape(name)}</span>' if language else escape(name)
            for name, language in self.local_names.get(site.pk, ())
        )
        return f'<span class="local">{names}</span> ' if names else ""
