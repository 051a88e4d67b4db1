"""What a kind of site holds about a human being: stewardships and proposals. A part for each type of site."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from records.personal_data import Fate, Held, Holding, Owner, register

from .models import DesignatedSite, LinkedSite, SiteProposal, Stewardship
from .site_types import site_types


def _register(name: str, site_type: str) -> None:
    def stewardships(owner: Owner) -> QuerySet[Stewardship]:
        return Stewardship.objects.of_type(site_type).filter(person=owner.person_id)

    def linked(owner: Owner) -> QuerySet[LinkedSite]:
        """The sites of a type that the person has linked with the own profile."""
        return LinkedSite.objects.filter(person=owner.person_id, site__site_type=site_type)

    def proposals(owner: Owner) -> QuerySet[SiteProposal]:
        return SiteProposal.objects.of_type(site_type).filter(proposer=owner.person_id)

    def confirmed(owner: Owner) -> QuerySet[DesignatedSite]:
        return DesignatedSite.objects.filter(site_type=site_type, confirmed_by=owner.person_id)

    def forget(owner: Owner) -> None:
        linked(owner).delete()
        stewardships(owner).delete()
        proposals(owner).filter(state=SiteProposal.State.DRAFT).delete()
        proposals(owner).update(proposer=None, reason="")
        confirmed(owner).update(confirmed_by=None)

    register(
        Holding(
            name=name,
            held=(
                Held("steward_of", _("Steward of"), stewardships, ("site__name", "since", "until"), by=("person",)),
                Held("linked", _("Sites linked with the profile"), linked, ("site__name", "created_at"), by=("person",)),
                Held(
                    "proposals", _("Proposals for sites"), proposals,
                    ("site__name", "changes", "reason", "state", "created_at", "sent_at", "decided_at", "decisions"), by=("proposer",),
                    fate=Fate.NAMELESS, why=_("What was proposed for a record, and the decision, belong to that record."),
                ),
                Held(
                    "confirmed", _("Sites whose facts were confirmed"), confirmed, ("name", "confirmed_at"), by=("confirmed_by",),
                    fate=Fate.NAMELESS, why=_("The day on which the facts were confirmed belongs to the record."),
                ),
            ),
            forget=forget,
            goes=(_("That you are steward of sites."),),
        )
    )  # fmt: skip


for one in site_types():
    _register(one.sites._meta.app_label, one.sites.TYPE)
