"""How long a proposal is kept that nobody has sent."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from history.deleted_files import register_files
from history.models import register_succession
from history.retention import PUBLIC, Rule, keep, register_rule

from .models import (
    DesignatedSite,
    LinkedSite,
    NotADuplicate,
    SiteName,
    SitePhoto,
    SiteProposal,
    SiteRedirect,
    Stewardship,
)
from .photos.processing import file_names

register_files(SitePhoto, file_names)
register_succession(SiteRedirect._meta.db_table, "former_id")


def _drafts(before: dt.datetime) -> int:
    drafts = SiteProposal.objects.filter(state=SiteProposal.State.DRAFT, created_at__lt=before)
    return drafts.delete()[0]


register_rule(
    Rule("proposal-drafts", _("Drafts of proposals for a site that were never sent, since they were begun"), _("Erased"), _drafts, covers=(SiteProposal,))
)  # fmt: skip
keep(
    Stewardship, LinkedSite, because=_("Which sites you look after or linked with your profile: kept until you end it.")
)
keep(
    DesignatedSite,
    DesignatedSite.member_states.through,
    SiteName,
    SitePhoto,
    SiteRedirect,
    because=PUBLIC,
)
keep(NotADuplicate, because=_("Which officer told two records apart, and why."))
