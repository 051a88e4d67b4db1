"""How long a proposal is kept that nobody has sent."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from history.retention import Rule, register_rule

from .models import SiteProposal


def _drafts(before: dt.datetime) -> int:
    drafts = SiteProposal.objects.filter(state=SiteProposal.State.DRAFT, created_at__lt=before)
    return drafts.delete()[0]


register_rule(
    Rule("proposal-drafts", _("Drafts of proposals for a site that were never sent, since they were begun"), _("Erased"), _drafts)
)  # fmt: skip
