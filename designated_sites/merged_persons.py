"""What becomes of stewardships, sites of one's own and proposals when two records of a person become one."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.persons.meeting_rows import Meeting, register_meeting

from .models import LinkedSite, SiteProposal, Stewardship


def _steward_twice(row: Stewardship, other: Stewardship) -> bool:
    """Since the earlier of the two days, as far as they are known."""
    first = min((one.since or dt.date.min for one in (row, other)), default=dt.date.min)
    Stewardship.objects.filter(pk=other.pk).update(since=None if first == dt.date.min else first)
    row.delete()
    return True


def _linked_twice(row: LinkedSite, other: LinkedSite) -> bool:
    row.delete()
    return True


register_meeting(
    Stewardship, Meeting(_("Steward of one site twice: one of the two stays, since the earlier day."), _steward_twice)
)
register_meeting(LinkedSite, Meeting(_("The same site named by both stays once."), _linked_twice))
register_meeting(
    SiteProposal, Meeting(_("Both have a proposal for this site that is not decided: decide one of them first."))
)
