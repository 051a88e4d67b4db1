"""How long a proposal is kept that nobody has sent."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from history.retention import Rule, register_rule

from .models import SiteProposal
from .stewardship.editable_site_types import editable_site_types


def _drafts(before: dt.datetime) -> int:
    drafts = [
        kind.proposals.objects.filter(state=SiteProposal.State.DRAFT, created_at__lt=before)
        for kind in editable_site_types()
    ]
    return sum(rows.delete()[0] for rows in drafts)


register_rule(
    Rule("proposal-drafts", _("Drafts of proposals for a site that were never sent, since they were begun"), _("Erased"), _drafts)
)  # fmt: skip
