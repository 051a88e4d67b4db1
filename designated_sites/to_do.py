"""What is to be done about sites in one's care: their facts once a year, and proposals that were begun."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.persons.to_do import Reader, Task, register_tasks

from .models import SiteProposal
from .stewardship.editable_site_types import editable_site_types


def confirmations(reader: Reader) -> Iterator[Task]:
    """Each site one is steward of; of a focal point's state, in one line, those that have no steward."""
    if reader.scope.all:
        return
    since, alone = reader.now - dt.timedelta(days=settings.SITE_CONFIRM_DAYS), 0
    for kind in editable_site_types():
        unconfirmed = kind.sites.objects.published().not_confirmed_since(since)
        for site in unconfirmed.filter(pk__in=sorted(reader.scope.sites)).order_by("name", "slug"):
            yield Task(
                _("Confirm that the facts are right"), site.name, reverse("me-sites-confirm", args=[site.kind, site.slug]),
                _("Look and confirm"), detail=_("Once a year. It takes a few minutes."),
            )  # fmt: skip
        if reader.scope.states:
            of_states = unconfirmed.filter(state_codes__overlap=sorted(reader.scope.states), stewards=None)
            alone += of_states.exclude(pk__in=sorted(reader.scope.sites)).count()
    if alone:
        yield Task(
            _("Confirm that the facts are right"),
            ngettext("%(n)d site without a steward", "%(n)d sites without a steward", alone) % {"n": alone},
            reverse("me-sites-care"), _("See them"),
        )  # fmt: skip


def proposals(reader: Reader) -> Iterator[Task]:
    drafts = SiteProposal.objects.of(reader.person).filter(state=SiteProposal.State.DRAFT).select_related("site")
    for draft in drafts:
        yield Task(
            _("Finish your proposal"), draft.site.name, reverse("me-sites-propose", args=[draft.site.kind, draft.site.slug]),
            _("Go on"), detail=_("It is a draft: nobody but you sees it."),
        )  # fmt: skip


register_tasks("designated_sites.confirmations", confirmations)
register_tasks("designated_sites.proposals", proposals)
