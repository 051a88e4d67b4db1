"""Mails about proposals, and the yearly question whether the facts of a site are right.

The number of a proposal or site is one among those of its kind, so the occurrence names the kind.
"""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.recipients import person_id_of
from notifications.kinds import Drop, Facts, FactsOf, Kind, register

from . import facts
from .cared_kinds import cared_kind, kind_of
from .confirmation_links import confirm_url, planned_on
from .differences import names_in_order
from .models import SiteProposal

TOPIC: Final = "sites"
State = SiteProposal.State


def _about_proposal(state: str, more: Callable[[Any], dict[str, Any]]) -> FactsOf:
    """The facts of a proposal, as long as it stands as the mail says."""

    def find(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        kind = cared_kind(occurrence)
        proposal = kind and SiteProposal.objects.select_related("site").filter(pk=subject_id).first()
        if not proposal or proposal.state != state:
            return Drop(_("The proposal was decided or taken back meanwhile."))
        own = reverse("me-sites-proposal", args=[occurrence, proposal.pk])
        return Facts({"site": proposal.site.name, "url": settings.SITE_URL + own, **more(proposal)})

    return find


def _proposed(proposal: Any) -> dict[str, Any]:
    kind = kind_of(proposal.site)
    return {"labels": [facts.label(kind, name) for name in names_in_order(kind, proposal)]}


def _results(proposal: Any) -> dict[str, Any]:
    kind = kind_of(proposal.site)
    results = [
        {"label": facts.label(kind, name), **{key: proposal.decisions[name][key] for key in ("accepted", "reason")}}
        for name in names_in_order(kind, proposal)
    ]
    return {"results": results, "site_address": settings.SITE_URL + proposal.site.get_absolute_url()}


def _confirm(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    kind = cared_kind(occurrence.partition(".")[0])
    site = kind and kind.sites.objects.published().filter(pk=subject_id).first()
    if not site:
        return Drop(_("The site is no longer on record."))
    if site.confirmed_at and site.confirmed_at >= planned_on(occurrence):
        return Drop(_("The facts were confirmed meanwhile."))
    link = confirm_url(site_id=site.pk, person_id=person_id_of(recipient_key), occurrence=occurrence)
    correct = reverse("me-sites-propose", args=[site.kind, site.slug])
    return Facts({"site": site.name, "confirm_url": link, "correct_url": settings.SITE_URL + correct})


RECEIVED: Final = register(
    Kind(
        "proposal.received", _("Proposal has arrived"), TOPIC, _about_proposal(State.OPEN, _proposed),
        "designated_sites/proposal_received", service=True,
    )
)  # fmt: skip
DECIDED: Final = register(
    Kind(
        "proposal.decided", _("Proposal was decided"), TOPIC, _about_proposal(State.DECIDED, _results),
        "designated_sites/proposal_decided", service=True,
    )
)  # fmt: skip
CONFIRM: Final = register(
    Kind(
        "site.confirm", _("Are the facts of a site right?"), TOPIC, _confirm, "designated_sites/confirm", service=True,
    )
)  # fmt: skip
