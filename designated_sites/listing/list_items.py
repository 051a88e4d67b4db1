"""A site as an entry of a directory: with its states, its names in the script of the place, its other designations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from network.models import MemberState
from records.formats.vocabulary import Designation

from ..models import DesignatedSite, SiteName


@dataclass(frozen=True)
class ListItem:
    """`site` comes with its names already fetched (`with_names`)."""

    site: DesignatedSite
    states: list[MemberState]

    @property
    def local_names(self) -> list[SiteName]:
        return [name for name in self.site.names.all() if name.kind == SiteName.Kind.LOCAL]

    @property
    def designations(self) -> list[Designation]:
        return other_designations(self.site)


def list_items(sites: Iterable[Any], states: Mapping[str, MemberState]) -> list[ListItem]:
    """A state that is not in `states` is not shown."""
    return [ListItem(site, [states[code] for code in site.state_codes if code in states]) for site in sites]


def other_designations(site: DesignatedSite) -> list[Designation]:
    """What a site also is, always in the same order."""
    return [designation for designation in Designation if designation.value in site.other_designations]
