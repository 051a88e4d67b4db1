"""The work queue put together, group by group, in the order in which an officer works it off."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from . import work_in, work_on_records
from .queue_lines import Group, Reader


def work_queue(user: User, now: dt.datetime | None = None) -> list[Group]:
    """The groups in which something waits for a member of staff; none: nothing waits."""
    reader = Reader(user, now or timezone.now())
    pressing, later = work_on_records.translations(reader)
    groups = [
        Group("decide", _("To decide"), tuple(work_in.decisions(reader))),
        Group("mails", _("Mails in trouble"), tuple(work_in.mails(reader))),
        Group("reviews", _("Reviews and revalidations"), tuple(work_on_records.reviews(reader))),
        Group("over", _("After events and trainings"), (*work_in.attendance(reader), *work_on_records.over(reader))),
        Group("records", _("Records to look at"), tuple(work_on_records.doubtful(reader))),
        Group("sheets", _("Your sheets"), tuple(work_in.uploads(reader))),
        Group("languages", _("Missing translations"), tuple(pressing), tuple(later)),
    ]
    return [group for group in groups if group.lines or group.folded]
