"""What is to be done about one's own profile."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from .persons.to_do import Reader, Task, register_tasks


def profile(reader: Reader) -> Iterator[Task]:
    if not reader.person.member_state_id and not reader.scope.all:
        yield Task(
            _("Complete your profile"), "", reverse("me-profile"), _("Complete it"),
            detail=_("Say your name and your member state, so that you can register in one step."),
        )  # fmt: skip
    elif not reader.person.own_zone:
        yield Task(
            _("Say which time you live by"), "", reverse("me-profile"), _("Choose"),
            detail=_("Deadlines and events are then told on your clocks."),
        )  # fmt: skip


register_tasks("accounts.profile", profile)
