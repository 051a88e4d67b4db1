"""What is known of somebody for one place, put right by whoever holds its link: name, language, clocks, address.

The others of the same mailbox, and what the portal knows of the person from elsewhere, stay as they are: then the place goes to
somebody of its own. A new address is proven by a mail to it; until then all mails go to the old one.
"""

from collections.abc import Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.persons import mailboxes
from activities.models import AdvanceQuestion
from notifications import outbox
from notifications.recipients import of_address
from records.rate_limits import spend

from ..mails.new_mailbox import NEW_MAILBOX
from ..models import Registration, new_token
from ..places.log import step
from ..places.readers import reader_of
from ..places.signed_links import address_url
from . import registering, reminders

HOUR: Final = 3600
MOST_MAILS: Final = 3  # an hour to one address about one event


@transaction.atomic
def change(*, registration: Registration, facts: Mapping[str, str]) -> Registration:
    """`name`, `native_name`, `language` and `time_zone` for this place. ValidationError says why not."""
    event = registering.wait_for(registration.event)
    registration = registering.fresh(registration, event)
    if not registration.is_active:
        raise ValidationError(_("This registration has ended: nothing of it can be changed."))
    person = registration.person
    before = (registration.language, registration.time_zone, person.name, person.native_name)
    registration.language = facts["language"] if facts["language"] != person.language else ""
    registration.time_zone = facts["time_zone"] if facts["time_zone"] != person.time_zone else ""
    registration.save(update_fields=["language", "time_zone"])
    if (person.name, person.native_name) != (facts["name"], facts["native_name"]):
        _rename(registration, facts["name"], facts["native_name"])
    now = (registration.language, registration.time_zone, registration.person.name, registration.person.native_name)
    if now != before:
        step(registration, _("Name, language or time zone changed by the link of the place."))
        for subject in (registration, event):
            outbox.readdress(subject=subject, recipient=reader_of(registration))
    return registration


def _rename(registration: Registration, name: str, native_name: str) -> None:
    person = registration.person
    others = [one for one in mailboxes.people_of(mailboxes.mailbox_of(person)) if one.pk != person.pk]
    same = next((one for one in others if mailboxes.is_same_name(one, name, native_name)), None)
    if same is not None:
        _give_to(registration, same)
    elif mailboxes.is_known_elsewhere(person, besides=registration):
        _give_to(registration, mailboxes.split_off(person=person, name=name, native_name=native_name))
    else:
        person.name, person.native_name = name, native_name
        person.save(update_fields=["name", "native_name"])


def _give_to(registration: Registration, person: Person) -> None:
    """The place is somebody else's from now on, with what hangs on it."""
    event, before = registration.event, registration.person
    if person.pk == before.pk:
        return
    if event.starts_at <= timezone.now():
        raise ValidationError(_("The event has begun: a place no longer changes its person. Write to the secretariat."))
    if event.registrations.active().filter(person=person).exists():
        raise ValidationError(_("%(name)s is registered for this event already.") % {"name": person.name})
    reminders.stop(event=event, reason=_("The place went to somebody else of the mailbox."), person_id=before.pk)
    registration.person = person
    registration.save(update_fields=["person"])
    AdvanceQuestion.objects.filter(activity=event, person=before).update(person=person)
    if registration.state == Registration.State.CONFIRMED:
        reminders.schedule(registration=registration)


@transaction.atomic
def ask_address(*, registration: Registration, email: str) -> bool:
    """A mail to an address that was typed for the place. False if it is the one it has. What it answers does not tell
    whether anybody is known by it. ValidationError for an account, whose address is changed there."""
    person, email = registration.person, email.lower()
    if email == mailboxes.mailbox_of(person):
        return False
    if person.user_id is not None:
        raise ValidationError(_("This person has an account: the address is changed there, and proven there."))
    if not registration.is_active:
        raise ValidationError(_("This registration has ended: nothing of it can be changed."))
    if not spend("register address", f"{registration.event_id}:{email}", most=MOST_MAILS, seconds=HOUR):
        raise ValidationError(_("Several mails went to this address already. Please try again in an hour."))
    with translation.override(registration.reader_language):
        url = address_url(registration, email)
    reader = of_address(email, language=registration.reader_language, zone=registration.reader_zone)
    outbox.put(
        kind=NEW_MAILBOX.name, subject=registration, recipient=reader, occurrence=f"{timezone.now():%Y%m%dT%H%M}",
        payload={"proof_url": url},
    )  # fmt: skip
    return True


@transaction.atomic
def take_address(*, registration: Registration, email: str) -> Registration:
    """The reader of the new address has answered: mails about this place go there, and links that went elsewhere end."""
    event = registering.wait_for(registration.event)
    registration = registering.fresh(registration, event)
    person = registration.person
    if not registration.is_active:
        raise ValidationError(_("This registration has ended: nothing of it can be changed."))
    if person.user_id is not None:
        raise ValidationError(_("This person has an account: the address is changed there, and proven there."))
    if mailboxes.is_known_elsewhere(person, besides=registration):
        one = mailboxes.double_of(person)
        reached = mailboxes.reach_at(person=one, email=email)
        if reached.pk != one.pk:
            one.delete()
    else:
        reached = mailboxes.reach_at(person=person, email=email)
    registration.join_token = new_token()
    registration.save(update_fields=["join_token"])
    _give_to(registration, reached)
    registration = registering.fresh(registration, event)
    for subject in (registration, event):
        outbox.readdress(subject=subject, recipient=reader_of(registration))
    if registration.is_unconfirmed:
        return registering.confirm(registration=registration)
    registering.tell_again(registration, _("The address was changed and has been confirmed."))
    return registration


@transaction.atomic
def send_links(*, registration: Registration) -> int:
    """The mails of the others of the same mailbox at this event go out once more, with their links. How many; none for a
    button that was pressed twice."""
    event = registering.wait_for(registration.event)
    others = (
        event.registrations.active().of_mailbox(mailboxes.mailbox_of(registration.person)).exclude(pk=registration.pk)
    )
    recent = timezone.now() - registering.SAME_PRESS
    found = [one for one in others.with_readers() if not one.steps.filter(at__gt=recent).exists()]
    for one in found:
        one.event = event
        registering.tell_again(one, _("The link was asked for once more."))
    return len(found)
