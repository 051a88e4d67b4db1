"""What a person may see and touch, as a value. accounts computes it, QuerySets take it: one rule for every path."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scope:
    """All records, or those of some member states (ISO codes), or single sites.

    `sites` holds pairs of kind and primary key: ("reserve", 12), ("geopark", 7). The empty scope sees nothing.
    """

    all: bool = False
    states: frozenset[str] = field(default_factory=frozenset)
    sites: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    def site_ids(self, kind: str) -> list[int]:
        """Primary keys of the single sites of one kind."""
        return sorted(pk for site_kind, pk in self.sites if site_kind == kind)


EVERYTHING = Scope(all=True)
NOTHING = Scope()
