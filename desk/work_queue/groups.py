"""The work queue put together, group by group, in the order in which an officer works it off."""

import datetime as dt
from dataclasses import replace
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from . import inbox, record_quality
from .lines import Group, Reader, oldest_first

SHEETS: Final = "sheets"


def work_queue(user: User, now: dt.datetime | None = None) -> list[Group]:
    """The groups in which something waits for a member of staff; none: nothing waits."""
    reader = Reader(user, now or timezone.now())
    pressing, later = record_quality.translations(reader)
    groups = [
        Group(
            "decide",
            _("Waits for a decision"),
            oldest_first([*inbox.decisions(reader), *record_quality.doubtful(reader)]),
        ),
        Group("mails", _("Mail that needs a look"), tuple(inbox.mails(reader))),
        Group("over", _("After events and trainings"), (*inbox.attendance(reader), *record_quality.over(reader))),
        Group("reviews", _("Reviews and revalidations"), tuple(record_quality.reviews(reader))),
        Group("untouched", _("Nobody has touched for long"), tuple(record_quality.untouched(reader))),
        Group(SHEETS, _("Your sheets"), tuple(inbox.uploads(reader))),
        Group("languages", _("Missing translations"), tuple(pressing), tuple(later)),
    ]
    return [group for group in groups if group.lines or group.folded]


def only_mine(groups: list[Group], reader: Reader) -> list[Group]:
    """What of it is about records that the reader has made or changed, and the reader's own sheets."""
    kept = [
        replace(
            group,
            lines=tuple(line for line in group.lines if line.of in reader.mine or group.name == SHEETS),
            folded=(),
        )
        for group in groups
    ]
    return [group for group in kept if group.lines]
