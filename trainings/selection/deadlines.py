"""Until when people may apply, as it is: a draft whose dates are to come has not closed, it is not announced."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models.windows import window_of
from records.formats.date_formatting import Clocks, on_clock

from ..models import Training


@dataclass(frozen=True)
class Deadline:
    """A sentence, and the moment it ends with."""

    words: str
    at: Clocks | None


def deadline_words(training: Training) -> Deadline:
    window, now = window_of(training), timezone.now()
    closes = on_clock(window.closes, window.zone) if window.closes else None
    is_over = min(window.closes or training.starts_at, training.starts_at) <= now
    if training.status == Training.Status.CANCELLED:
        return Deadline(_("The training was cancelled."), None)
    if training.status == Training.Status.DRAFT:
        return Deadline(_("A draft: nobody can apply yet. Nominations are to close:") if closes and not is_over
                        else _("A draft, not announced. Its nominations would have closed:") if closes
                        else _("A draft: nobody can apply yet."), closes)  # fmt: skip
    if closes is None:
        return Deadline(_("There is no call with a deadline."), None)
    if is_over or window.state == "closed":
        return Deadline(_("Nominations closed:"), closes)
    if window.state == "later" and window.opens:
        return Deadline(_("The call is not open yet. Nominations close:"), closes)
    return Deadline(_("Nominations close:"), closes)
