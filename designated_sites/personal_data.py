"""What a kind of site holds about a human being: stewardships and proposals. A part for each type of site."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from records.personal_data import Holding, Owner, register, rows

from .models import LinkedSite, SiteProposal, Stewardship
from .site_types import site_types


def _register(name: str, site_type: str) -> None:
    def gather(owner: Owner) -> dict[str, object]:
        return {
            "steward_of": rows(
                Stewardship.objects.of_type(site_type).filter(person=owner.person_id), "site__name", "since", "until"
            ),
            "linked": rows(_linked(owner, site_type), "site__name", "created_at"),
            "proposals": rows(
                SiteProposal.objects.of_type(site_type).filter(proposer=owner.person_id),
                "site__name",
                "changes",
                "reason",
                "state",
                "created_at",
            ),
        }

    def forget(owner: Owner) -> None:
        _linked(owner, site_type).delete()
        Stewardship.objects.of_type(site_type).filter(person=owner.person_id).delete()
        SiteProposal.objects.of_type(site_type).filter(
            proposer=owner.person_id, state=SiteProposal.State.DRAFT
        ).delete()
        SiteProposal.objects.of_type(site_type).filter(proposer=owner.person_id).update(proposer=None)

    register(Holding(name=name, gather=gather, forget=forget, goes=(_("That you are steward of sites."),)))


def _linked(owner: Owner, site_type: str) -> QuerySet[LinkedSite]:
    """The sites of a type that the person has linked with the own profile."""
    return LinkedSite.objects.filter(person=owner.person_id, site__site_type=site_type)


for one in site_types():
    _register(one.sites._meta.app_label, one.sites.TYPE)
