"""What a person may see and touch, as a value. accounts computes it, QuerySets take it: one rule for every path."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scope:
    """All records, or those of some member states (ISO codes), or single sites.

    `sites` holds the numbers of sites, which are unique over all their types. The empty scope sees nothing.
    """

    all: bool = False
    states: frozenset[str] = field(default_factory=frozenset)
    sites: frozenset[int] = field(default_factory=frozenset)


EVERYTHING = Scope(all=True)
NOTHING = Scope()
