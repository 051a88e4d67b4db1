"""Events and trainings for calendar programs (RFC 5545).

An entry keeps its UID for ever, so that an import replaces what it brought before. A day is a DATE, a minute a time in
the zone of the place with its VTIMEZONE. What is known to the month or year only has no entry: a calendar would turn it
into a day that nobody announced.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress
from icalendar.enums import STATUS

from directory.partial_dates import Precision
from notifications.kinds import CalendarPart

from .occasions import Occasion

PRODUCT: Final = "-//EABRN//Portal//EN"
NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_DNS, "calendar.eabrn")
KNOWN_DAY: Final = {Precision.DAY, Precision.MINUTE}


def has_entry(occasion: Occasion) -> bool:
    """Whether at least its first day is known."""
    return occasion.start_precision in KNOWN_DAY


def calendar_of(occasions: Iterable[Occasion], name: str = "") -> bytes:
    """A calendar of those of which the day is known."""
    calendar = _empty("PUBLISH", name)
    for occasion in occasions:
        if has_entry(occasion):
            calendar.add_component(_entry(occasion))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def invitation(occasion: Occasion, *, attendee: str, name: str) -> CalendarPart | None:
    """The entry as it goes to one participant by mail (RFC 5546): REQUEST, or CANCEL when there is nothing to keep.

    A cancelled occasion, and one of which the day is no longer known, is taken out of the calendar. None where there has
    never been an entry.
    """
    gone = occasion.status == Occasion.Status.CANCELLED or not has_entry(occasion)
    if gone:
        return withdrawal(occasion, attendee=attendee, name=name) if occasion.sequence else None
    return _to_guest("REQUEST", _entry(occasion), attendee, name)


def withdrawal(occasion: Occasion, *, attendee: str, name: str) -> CalendarPart:
    """Takes the entry out of one participant's calendar."""
    entry = _entry(occasion)
    entry["STATUS"] = STATUS.CANCELLED
    return _to_guest("CANCEL", entry, attendee, name)


def _to_guest(method: str, entry: Event, attendee: str, name: str) -> CalendarPart:
    entry.add("ORGANIZER", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    guest = vCalAddress(f"mailto:{attendee}")
    guest.params.update({"CN": name, "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    entry.add("ATTENDEE", guest)
    calendar = _empty(method)
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return CalendarPart(method, calendar.to_ical())


def calendar_response(occasions: Iterable[Occasion], filename: str, name: str = "") -> HttpResponse:
    response = HttpResponse(calendar_of(occasions, name), content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    return response


def _empty(method: str, name: str = "") -> Calendar:
    """The library gives every calendar a random UID, by which the same feed would look new each time it is fetched."""
    calendar = Calendar.new(prodid=PRODUCT, method=method, name=name or None, calscale="GREGORIAN")
    calendar.pop("UID", None)
    return calendar


def _entry(occasion: Any) -> Event:
    start, end = _span(occasion)
    address = settings.SITE_URL + occasion.get_absolute_url()
    return Event.new(
        uid=uuid.uuid5(NAMESPACE, f"{occasion._meta.label_lower}/{occasion.slug}"),
        start=start,
        end=end,
        summary=_("Sample: %(title)s") % {"title": occasion.title} if occasion.is_sample else occasion.title,
        description="\n\n".join(filter(None, (occasion.summary, address))),
        location=occasion.venue or None,
        url=address,
        stamp=occasion.updated_at,
        created=occasion.created_at,
        last_modified=occasion.updated_at,
        sequence=occasion.sequence,
        status=STATUS.CANCELLED if occasion.status == Occasion.Status.CANCELLED else STATUS.CONFIRMED,
    )


def _span(occasion: Occasion) -> tuple[dt.date, dt.date | None]:
    """First and last moment; whole days end, as the standard has it, with the day after the last."""
    zone = ZoneInfo(occasion.timezone)
    start = occasion.starts_at.astimezone(zone)
    if occasion.start_precision == Precision.MINUTE:
        timed_end = occasion.ends_at if occasion.end_precision == Precision.MINUTE else None
        return start, timed_end and timed_end.astimezone(zone)
    last = start
    if occasion.ends_at and occasion.end_precision in KNOWN_DAY:
        last = occasion.ends_at.astimezone(zone)
    return start.date(), last.date() + dt.timedelta(days=1)
