"""What calling back a mailing of events undoes beside its mails: who was not asked in the end counts as not asked."""

from collections.abc import Sequence

from notifications.mailings import register_reversal
from notifications.models import Mail, Mailing
from typed_records.locks import lock

from .mails.still_coming import STILL_COMING
from .models import Event, Registration


class AskingReversal:
    """Of the question whether people still come."""

    def _asked(self, mails: Sequence[Mail]) -> set[int]:
        return {mail.subject_id for mail in mails if mail.subject_label == Registration._meta.label_lower}

    def lock(self, mailing: Mailing) -> None:
        asked = Registration.objects.filter(pk__in=self._asked(list(mailing.mails.all())))
        lock(Event, *set(asked.values_list("event", flat=True)))

    def undo(self, mailing: Mailing, stopped: Sequence[Mail], by_id: int | None) -> int:
        return Registration.objects.filter(pk__in=self._asked(stopped), comes_at=None).update(asked_at=None)


register_reversal(AskingReversal(), kinds=[STILL_COMING.name])
