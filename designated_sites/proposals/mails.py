"""Mails about proposals.

The number of a proposal is one among those of its kind, so the occurrence names the kind.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notifications.mail_types import Drop, Facts, FactsOf, MailType, register

from ..models import SiteProposal
from ..stewardship import facts
from ..stewardship.editable_site_types import editable_site_type, kind_of
from .differences import names_in_order

TOPIC: Final = "sites"
State = SiteProposal.State


def _about_proposal(state: str, more: Callable[[SiteProposal], dict[str, object]]) -> FactsOf:
    """The facts of a proposal, as long as it stands as the mail says."""

    def find(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        kind = editable_site_type(occurrence)
        proposal = kind and SiteProposal.objects.select_related("site").filter(pk=subject_id).first()
        if not proposal or proposal.state != state:
            return Drop(_("The proposal was decided or taken back meanwhile."))
        own = reverse("me-sites-proposal", args=[occurrence, proposal.pk])
        return Facts({"site": proposal.site.name, "url": settings.SITE_URL + own, **more(proposal)})

    return find


def _proposed(proposal: SiteProposal) -> dict[str, object]:
    kind = kind_of(proposal.site)
    return {"labels": [facts.label(kind, name) for name in names_in_order(kind, proposal)]}


def _results(proposal: SiteProposal) -> dict[str, object]:
    kind = kind_of(proposal.site)
    results = [
        {"label": facts.label(kind, name), **{key: proposal.decisions[name][key] for key in ("accepted", "reason")}}
        for name in names_in_order(kind, proposal)
    ]
    return {"results": results, "site_address": settings.SITE_URL + proposal.site.get_absolute_url()}


RECEIVED: Final = register(
    MailType(
        "proposal.received", _("Proposal has arrived"), TOPIC, _about_proposal(State.OPEN, _proposed),
        "designated_sites/proposal_received", service=True,
    )
)  # fmt: skip
DECIDED: Final = register(
    MailType(
        "proposal.decided", _("Proposal was decided"), TOPIC, _about_proposal(State.DECIDED, _results),
        "designated_sites/proposal_decided", service=True,
    )
)  # fmt: skip
