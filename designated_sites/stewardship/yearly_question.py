"""Asking once a year whether the facts of a site are right."""

import datetime as dt
from collections import Counter
from typing import Final

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.persons.recipients import recipient_of
from notifications import outbox
from notifications.models import Mail

from ..models import BY_NAME, DesignatedSite
from .caretakers import caretakers
from .editable_site_types import EditableSiteType, editable_site_types
from .mails import CONFIRM
from .signed_links import occurrence_of

MOST_A_DAY: Final = 5  # mails to one reader: a focal point may answer for dozens of sites without a steward


def ask_for_confirmations() -> int:
    """Writes down the mails that are due, and says how many are new."""
    now = timezone.now()
    today = dt.datetime.combine(now.astimezone(dt.UTC).date(), dt.time(), tzinfo=dt.UTC)
    mails = Mail.objects.filter(kind=CONFIRM.name, created_at__gte=today)
    asked_today = Counter(mails.values_list("recipient_key", flat=True))
    return sum(_ask(site, today.date(), asked_today) for kind in editable_site_types() for site in due(kind, now))


def due(kind: EditableSiteType, now: dt.datetime) -> QuerySet:
    """Sites that nobody has confirmed within the interval, and about which nobody was asked within it."""
    since = now - dt.timedelta(days=settings.SITE_CONFIRM_DAYS)
    label = kind.sites._meta.label_lower
    asked = Mail.objects.filter(
        kind=CONFIRM.name, subject_label=label, subject_id=OuterRef("pk"), created_at__gte=since
    )
    sites: QuerySet = kind.sites.objects.published().not_confirmed_since(since).filter(~Exists(asked))
    return sites.order_by("confirmed_at", *BY_NAME)


def _ask(site: DesignatedSite, today: dt.date, asked_today: Counter[str]) -> int:
    """Asks all who look after a site on the same day, or nobody yet."""
    readers = [recipient_of(person) for person in caretakers(site)]
    if any(asked_today[reader.key] >= MOST_A_DAY for reader in readers):
        return 0
    asked_today.update(reader.key for reader in readers)
    occurrence = occurrence_of(site.kind, today)
    return sum(outbox.put(kind=CONFIRM.name, subject=site, recipient=one, occurrence=occurrence) for one in readers)
