"""What waits for those who answer for people: requests to decide, applications to endorse. And how tasks are told to their
reader, on the page and in the weekly mail."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.persons.to_do import Reader, Task, register_tasks
from records.formats.date_formatting import moment_words

from .access import answers_for_people
from .state_applications import waiting_of
from .state_requests import decidable


@dataclass(frozen=True)
class Told:
    """A task with its days on its reader's clocks."""

    task: Task
    when: str

    @property
    def is_deadline(self) -> bool:
        return self.task.until is not None


def told_on(task: Task, zone: str) -> Told:
    moment = task.until or task.begins
    return Told(task, moment_words(moment, zone) if moment else "")


def requests(reader: Reader) -> Iterator[Task]:
    if not answers_for_people(reader.scope):
        return
    number = decidable(reader.user, reader.scope).waiting().count()
    if number:
        words = ngettext("%(n)d request for a role", "%(n)d requests for roles", number) % {"n": number}
        yield Task(_("Decide"), words, reverse("me-requests"), _("See them"))


def endorsements(reader: Reader) -> Iterator[Task]:
    if not reader.scope.states:
        return
    for call in waiting_of(reader.user, reader.scope, reader.now):
        waits = ngettext("%(n)d application", "%(n)d applications", call.waiting) % {"n": call.waiting}
        page = reverse("me-applications-of-state", args=[call.slug])
        yield Task(
            _("Say whom you endorse"),
            call.title,
            f"{page}?state=submitted",
            _("See them"),
            until=call.starts_at,
            detail=waits,
        )


register_tasks("me.requests", requests)
register_tasks("me.endorsements", endorsements)
