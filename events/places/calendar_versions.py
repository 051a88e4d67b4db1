"""Which entry of somebody's own calendar is the newer one: a program drops an entry, or takes it up again, only for a higher
sequence than it has seen. Each giving up of a place and each return to it counts, beside the moves of the event itself."""

from ..models import Registration, RegistrationStep


def raised(*, times_gone: int, is_active: bool) -> int:
    """By how much the sequence of a person's entry is above that of the event."""
    return 2 * max(times_gone, int(not is_active)) - int(not is_active)


def raised_of(registration: Registration) -> int:
    """Counted over all places that the person has had at the event: a new one begins no new entry."""
    theirs = RegistrationStep.objects.filter(
        registration__event=registration.event_id, registration__person=registration.person_id
    )
    return raised(times_gone=theirs.filter(state__in=Registration.GONE).count(), is_active=registration.is_active)
