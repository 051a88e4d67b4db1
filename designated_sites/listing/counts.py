"""Sites counted by kind and status, and the count in words. An aspiring site is never counted as a designated one."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import DesignatedSite

Tally = Counter[tuple[str, str]]  # (kind, status): how many
_KINDS: Final = ("reserve", "geopark")
_STATUSES: Final = DesignatedSite.Status.values


def tally(kind: str, statuses: Iterable[str]) -> Tally:
    return Counter((kind, status) for status in statuses)


def in_words(counted: Tally) -> str:
    """“138 biosphere reserves”, “70 designated and 8 aspiring geoparks”, or several kinds one after the other."""
    parts = [_of_kind(kind, counted) for kind in _KINDS if any(counted[kind, status] for status in _STATUSES)]
    return ", ".join(parts) if parts else _("No sites")


def _of_kind(kind: str, counted: Tally) -> str:
    by_status = {status: counted[kind, status] for status in _STATUSES if counted[kind, status]}
    total = sum(by_status.values())
    if list(by_status) == ["designated"]:
        return _bare(kind, by_status["designated"])
    statuses = get_text_list([_status(status, number) for status, number in by_status.items()], _("and"))
    if kind == "reserve":
        return ngettext("%(statuses)s biosphere reserve", "%(statuses)s biosphere reserves", total) % {
            "statuses": statuses
        }
    return ngettext("%(statuses)s geopark", "%(statuses)s geoparks", total) % {"statuses": statuses}


def _bare(kind: str, number: int) -> str:
    if kind == "reserve":
        return ngettext("%(number)d biosphere reserve", "%(number)d biosphere reserves", number) % {"number": number}
    return ngettext("%(number)d geopark", "%(number)d geoparks", number) % {"number": number}


def _status(status: str, number: int) -> str:
    if status == "designated":
        return ngettext("%(number)d designated", "%(number)d designated", number) % {"number": number}
    if status == "aspiring":
        return ngettext("%(number)d aspiring", "%(number)d aspiring", number) % {"number": number}
    return ngettext("%(number)d withdrawn", "%(number)d withdrawn", number) % {"number": number}


def found_of_all(found: Tally, everything: Tally) -> str:
    """What a filter found, beside what there is: “20 of 138 reserves”."""
    if found == everything:
        return in_words(everything)
    if set(everything) == {("reserve", "designated")}:
        total = everything["reserve", "designated"]
        figures = {"found": found["reserve", "designated"], "total": total}
        return ngettext("%(found)d of %(total)d reserve", "%(found)d of %(total)d reserves", total) % figures
    return _("%(found)s, of %(total)s") % {"found": in_words(found), "total": in_words(everything)}
