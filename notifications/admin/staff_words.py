"""What staff read of a mail: moments with their zone, languages by their names, users by their address."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.dateformat import format as shaped
from django.utils.translation import pgettext

from records.formats.date_formatting import moment_words, zone_words


def in_utc(moment: dt.datetime | None) -> str:
    """25 Nov 2026, 10:05 UTC; nothing for no moment."""
    if moment is None:
        return ""
    return f"{shaped(moment.astimezone(dt.UTC), pgettext('shape of a day with time, short', 'j M Y, H:i'))} UTC"


def on_the_readers_clock(moment: dt.datetime, zone: str) -> str:
    return f"{moment_words(moment, zone)}, {zone_words(moment, zone)}"


def language_name(code: str) -> str:
    """By its own name."""
    return dict(settings.LANGUAGES).get(code, code)


def authors(ids: Iterable[int | None]) -> dict[int, str]:
    """The users who did something, by the address with which they sign in. An account that was erased has none."""
    known = get_user_model()._default_manager.filter(pk__in={number for number in ids if number})
    return {user.pk: user.get_username() for user in known}
