"""A proposal beside the record as it is now, fact by fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..models import DesignatedSite, SiteProposal
from ..stewardship import facts
from ..stewardship.editable_site_types import EditableSiteType, kind_of


@dataclass(frozen=True)
class Difference:
    """One fact. `seen` is what the proposer saw, and differs from `now` when the record has changed since (`is_stale`).

    `was` is what the record held when the fact was decided. Values are in words, one line each, none when not known.
    """

    name: str
    label: str
    now: list[str]
    proposed: list[str]
    seen: list[str]
    is_stale: bool
    shown: str
    decision: Mapping[str, Any] | None
    was: list[str]


def shown(proposal: SiteProposal, site: DesignatedSite, name: str) -> str:
    """The digest of what whoever decides about a fact is shown of it."""
    return facts.digest(name, facts.read(site, name), proposal.changes[name], proposal.base.get(name))


def names_in_order(kind: EditableSiteType, proposal: SiteProposal) -> list[str]:
    """The facts of a proposal in the order of the form; JSON does not keep it."""
    return [name for name in kind.facts if name in proposal.changes]


def differences(proposal: SiteProposal) -> list[Difference]:
    """The facts of a proposal beside those of its site."""
    site = proposal.site
    kind = kind_of(site)
    return [_difference(kind, proposal, site, name) for name in names_in_order(kind, proposal)]


def _difference(kind: EditableSiteType, proposal: SiteProposal, site: DesignatedSite, name: str) -> Difference:
    now, proposed, seen = facts.read(site, name), proposal.changes[name], proposal.base.get(name, "")
    decision = proposal.decisions.get(name)
    return Difference(
        name=name,
        label=facts.label(kind, name),
        now=facts.words(kind, name, now),
        proposed=facts.words(kind, name, proposed),
        seen=facts.words(kind, name, seen),
        is_stale=now != seen and decision is None,
        shown=shown(proposal, site, name),
        decision=decision,
        was=facts.words(kind, name, decision["was"]) if decision else [],
    )
