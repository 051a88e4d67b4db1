"""What the mails of events have in common: the event as a reader needs it, and whether there is still something to say."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.persons.recipients import person_id_of
from activities.icalendar.entries import invitation
from activities.icalendar.guests import guest_of
from activities.models.times import on_clocks
from notifications.mail_types import CalendarPart, Drop
from notifications.topics import Frequency, Topic, register_topic
from records.formats.partial_dates import Precision
from records.template_context import Context

from ..models import Event, Registration
from ..places.calendar_versions import raised_of

GONE = Drop(_("The event is no longer there."))
NOT_REGISTERED = Drop(_("The person is no longer registered."))
REMINDERS = register_topic(
    Topic(
        name="reminders",
        label=_("Reminders of events you are registered for"),
        explanation=_("A week, a day and an hour before, with your address to join."),
        frequencies=(Frequency.ALL, Frequency.DAY, Frequency.NEVER),
        default=Frequency.ALL,
    )
)
AFTERWARDS = register_topic(
    Topic(
        name="afterwards",
        label=_("After events you took part in"),
        explanation=_("When the recording and the materials are there."),
        frequencies=(Frequency.ALL, Frequency.NEVER),
        default=Frequency.ALL,
    )
)


def registration_of(event_id: int, recipient_key: str) -> Registration | None:
    """The registration of the reader, as long as it holds."""
    found = Registration.objects.active().filter(event=event_id, person=person_id_of(recipient_key))
    return found.select_related("event", "person__care_of").first()


def facts_of(registration: Registration) -> Context:
    """The event in the reader's words: on the clocks of the place and on their own."""
    event, person = registration.event, registration.person
    own = on_clocks(event, registration.reader_zone)
    here = on_clocks(event)
    return {
        "title": title_of(event),
        "place": here,
        "own": own if own != here and event.start_precision == Precision.MINUTE else None,
        "venue": event.venue,
        "event_url": settings.SITE_URL + event.get_absolute_url(),
        "join_url": join_url_of(registration),
        "name": person.name,
        "subject_person": person.name,
        "in_care": bool(not person.email and person.care_of_id),
        "is_waiting": registration.state != Registration.State.CONFIRMED,
    }


def join_url_of(registration: Registration) -> str:
    """The personal address by which the person joins; none for who comes on site."""
    address = reverse("join", args=[registration.join_token])
    return settings.SITE_URL + address if registration.joins_online else ""


def title_of(event: Event) -> str:
    return str(_("Sample: %(title)s")) % {"title": event.title} if event.is_sample else event.title


def invitation_for(registration: Registration) -> CalendarPart | None:
    """The entry for the reader's calendar, with the name of the person."""
    guest = guest_of(registration.person)
    if guest is None or registration.state != Registration.State.CONFIRMED:
        return None
    return invitation(registration.event, guest=guest, raised=raised_of(registration))
