"""What a kind of site holds about a human being: stewardships and proposals. Each kind registers it for its own tables."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from records.personal_data import Holding, Owner, register, rows

from .models import SiteProposal


def register_site_holding(name: str, stewardships: Any, proposals: Any) -> None:
    def gather(whose: Owner) -> dict[str, Any]:
        return {
            "steward_of": rows(
                stewardships._default_manager.filter(person=whose.person_id), "site__name", "since", "until"
            ),
            "proposals": rows(
                proposals._default_manager.filter(proposer=whose.person_id),
                "site__name",
                "changes",
                "reason",
                "state",
                "created_at",
            ),
        }

    def forget(whose: Owner) -> None:
        stewardships._default_manager.filter(person=whose.person_id).delete()
        proposals._default_manager.filter(proposer=whose.person_id, state=SiteProposal.State.DRAFT).delete()
        proposals._default_manager.filter(proposer=whose.person_id).update(proposer=None)

    register(Holding(name=name, gather=gather, forget=forget, goes=(_("That you are steward of sites."),)))
