"""Events and trainings for calendar programs (RFC 5545).

An entry keeps its UID for ever, so that an import replaces what it brought before. A day is a DATE, a minute a time in
the zone of the place with its VTIMEZONE. What is known to the month or year only has no entry: a calendar would turn it
into a day that nobody announced.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Conference, Event, vCalAddress, vDuration
from icalendar.enums import STATUS

from notifications.mail_types import CalendarPart
from records.formats.partial_dates import Precision

from ..models import Activity
from ..models.standing import standing_note, with_rooms
from .zones import add_zones

PRODUCT: Final = "-//EABRN//Portal//EN"
NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_DNS, "calendar.eabrn")
KNOWN_DAY: Final = {Precision.DAY, Precision.MINUTE}


def has_entry(activity: Activity) -> bool:
    """Whether at least its first day is known."""
    return activity.start_precision in KNOWN_DAY


def calendar_of(entries: Iterable[Event], name: str = "", every: dt.timedelta | None = None) -> bytes:
    """A calendar of entries; `every` tells programs that subscribe to it how often to ask."""
    calendar = _empty("PUBLISH", name)
    if every:
        calendar.add("REFRESH-INTERVAL", vDuration(every), parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", vDuration(every))
    for entry in entries:
        calendar.add_component(entry)
    add_zones(calendar)
    return calendar.to_ical()


@dataclass(frozen=True)
class Guest:
    """Whose entry it is, and at which address. `own`: tells the entries of those apart who share a mailbox and its calendar;
    empty for whose address it is, whose entry is the one that the portal's feeds bring too."""

    address: str
    name: str
    own: str = ""


def invitation(activity: Activity, *, guest: Guest, raised: int = 0) -> CalendarPart | None:
    """The entry as it goes to one participant by mail (RFC 5546): REQUEST, or CANCEL when there is nothing to keep.

    A cancelled activity, and one of which the day is no longer known, is taken out of the calendar. None where there has
    never been an entry.
    """
    gone = activity.status == Activity.Status.CANCELLED or not has_entry(activity)
    if gone:
        return withdrawal(activity, guest=guest, raised=raised) if activity.sequence else None
    return _to_guest("REQUEST", entry_of(activity, guest=guest, raised=raised), guest)


def withdrawal(activity: Activity, *, guest: Guest, raised: int = 0) -> CalendarPart:
    """Takes the entry out of one participant's calendar."""
    return _to_guest("CANCEL", entry_of(activity, guest=guest, given_up=True, raised=raised), guest)


def _to_guest(method: str, entry: Event, whose: Guest) -> CalendarPart:
    entry.add("ORGANIZER", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    guest = vCalAddress(f"mailto:{whose.address}")
    guest.params.update({"CN": whose.name, "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    entry.add("ATTENDEE", guest)
    calendar = _empty(method)
    calendar.add_component(entry)
    add_zones(calendar)
    return CalendarPart(method, calendar.to_ical())


def calendar_response(activities: Iterable[Activity], filename: str) -> HttpResponse:
    """A file to be taken in once, of those of which the day is known."""
    entries = [entry_of(one, note=standing_note(one)) for one in with_rooms(activities) if has_entry(one)]
    return as_calendar(calendar_of(entries), filename)


def as_calendar(content: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    return response


def _empty(method: str, name: str = "") -> Calendar:
    """The library gives every calendar a random UID, by which the same feed would look new each time it is fetched."""
    calendar = Calendar.new(prodid=PRODUCT, method=method, name=name or None, calscale="GREGORIAN")
    calendar.pop("UID", None)
    return calendar


def entry_of(
    activity: Activity, *, tentative: bool = False, given_up: bool = False, join_url: str = "",
    changed: dt.datetime | None = None, raised: int = 0, guest: Guest | None = None, note: str = "",
) -> Event:  # fmt: skip
    """One activity. In somebody's own calendar: whose it is, whether the place is still uncertain or was given up, the
    personal address by which they join, when that last changed, and how often: the sequence is so much higher. `note`: how it
    stands with it."""
    start, end = _span(activity)
    address = settings.SITE_URL + activity.get_absolute_url()
    way_in = _("Join: %(address)s") % {"address": join_url} if join_url else ""
    written = max(filter(None, (activity.updated_at, changed)))
    title = _("Sample: %(title)s") % {"title": activity.title} if activity.is_sample else activity.title
    whose = _("For %(name)s") % {"name": guest.name} if guest else ""
    own = f"/{guest.own}" if guest and guest.own else ""
    return Event.new(
        uid=uuid.uuid5(NAMESPACE, f"{activity._meta.label_lower}/{activity.slug}{own}"),
        start=start,
        end=end,
        summary=f"{title} · {guest.name}" if guest else title,
        description="\n\n".join(filter(None, (whose, note, activity.summary, way_in, address))),
        location=activity.venue or None,
        url=address,
        conferences=[Conference(join_url, feature="VIDEO", label=_("Join"))] if join_url else None,
        stamp=written,
        created=activity.created_at,
        last_modified=written,
        sequence=activity.sequence + raised,
        status=STATUS.CANCELLED if given_up else _status(activity, tentative),
    )


def deadline_entry(
    subject: str, *, day: dt.date, title: str, description: str, address: str, changed: dt.datetime
) -> Event:
    """The day until whose end something is due; it takes nobody's time. `subject` names it for ever, whatever its day."""
    entry = Event.new(
        uid=uuid.uuid5(NAMESPACE, f"deadline/{subject}"), start=day, end=day + dt.timedelta(days=1), summary=title,
        description=f"{description}\n\n{address}", url=address, stamp=changed, last_modified=changed,
    )  # fmt: skip
    entry.add("TRANSP", "TRANSPARENT")
    return entry


def lost_entry(activity: Activity, *, raised: int = 0) -> Event | None:
    """Of an activity that had a day and has none any longer: its entry on that day, cancelled. Reads `postponements`."""
    moves = [one for one in activity.postponements.all() if one.moved_at and one.was_start_precision in KNOWN_DAY]
    if has_entry(activity) or not moves:
        return None
    last, was = moves[-1], copy(activity)
    was.starts_at, was.start_precision = last.was_starts_at, last.was_start_precision
    was.ends_at, was.end_precision = last.was_ends_at, last.was_start_precision if last.was_ends_at else ""
    was.status = Activity.Status.CANCELLED
    return entry_of(was, raised=raised)


def _status(activity: Activity, tentative: bool) -> STATUS:
    if activity.status == Activity.Status.CANCELLED:
        return STATUS.CANCELLED
    return STATUS.TENTATIVE if tentative else STATUS.CONFIRMED


def _span(activity: Activity) -> tuple[dt.date, dt.date | None]:
    """First and last moment; whole days end, as the standard has it, with the day after the last."""
    zone = ZoneInfo(activity.timezone)
    start = activity.starts_at.astimezone(zone)
    if activity.start_precision == Precision.MINUTE:
        timed_end = activity.ends_at if activity.end_precision == Precision.MINUTE else None
        return _on_the_clock(start), timed_end and _on_the_clock(timed_end.astimezone(zone))
    last = start
    if activity.ends_at and activity.end_precision in KNOWN_DAY:
        last = activity.ends_at.astimezone(zone)
    return start.date(), last.date() + dt.timedelta(days=1)


def _on_the_clock(moment: dt.datetime) -> dt.datetime:
    """A time of the zone. Where summer time ends, an hour is shown twice, of which the standard means the first: the second
    is written in UTC."""
    return moment.astimezone(dt.UTC) if moment.fold else moment
