"""Events and trainings in templates: `{{ event|days }}`, `{{ event|window }}`."""

from collections.abc import Iterable
from itertools import starmap
from typing import Final

from django import template
from django.template import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from records.formats.date_formatting import Clocks
from records.formats.time_zones import Group

from ..models import Activity, Postponement, Session, times
from ..models.standing import standing_of, standing_words
from ..models.windows import Window, window_of

register = template.Library()
BADGES: Final = {"open": "badge-ok", "few": "badge-note", "full": "badge-note", "cancelled": "badge-error"}


@register.filter
def days(activity: Activity) -> SafeString:
    """A time element with as much of the date as is known."""
    return format_html('<time datetime="{}">{}</time>', times.iso(activity), times.days(activity))


@register.filter
def was_on(move: Postponement, activity: Activity) -> str:
    return times.was_on(move, activity)


@register.filter
def window(activity: Activity) -> Window:
    """When one can register or apply."""
    return window_of(activity)


def standing_badges(activity: Activity, if_open: str = "") -> str:
    """What a reader has to know before they open the page; of what is over nothing but that it was cancelled."""
    standing = standing_of(activity)
    kind = BADGES.get(standing.word)
    words = standing_words(standing, if_open) if kind else ""
    html = f' <span class="badge {kind}">{escape(words)}</span>' if words else ""
    return html + (f' <span class="badge badge-note">{escape(standing.moved)}</span>' if standing.moved else "")


@register.simple_tag
def standing(activity: Activity, if_open: str = "") -> SafeString:
    """Open, few places, full, moved, cancelled, each as a badge."""
    return mark_safe(standing_badges(activity, if_open))


@register.filter
def session_clock(session: Session, activity: Activity) -> str:
    """From when to when, on the clocks of the place, with the day where the activity lasts several."""
    return times.session_clock(session, activity)


@register.simple_tag(takes_context=True)
def activity_line(context: Context, activity: Activity) -> SafeString:
    """One event or training in a list. Lists have dozens, hence drawn here. Who reads is looked at only where an hour is told."""
    kind = getattr(activity, "kind", "")
    place = activity.venue or (_("Online") if activity.format == Activity.Format.ONLINE else "")
    what = [escape(activity.get_kind_display())] if kind else []  # type: ignore[attr-defined]
    html = f'<a href="{escape(activity.get_absolute_url())}">{escape(activity.title)}</a>'
    if activity.is_sample:
        html += f' <span class="badge badge-note">{escape(_("Sample"))}</span>'
    html += standing_badges(activity)
    html += f'<span class="what">{". ".join([*what, *([escape(place)] if place else [])])}</span>'
    if getattr(activity, "is_coming", False) and times.has_time(activity):
        html += f'<span class="what">{_told(times.on_clocks(activity))}</span>'
        zone = getattr(context.get("reader"), "zone", "")
        if zone and zone != activity.timezone:
            html += f'<span class="what">{escape(_("Your time:"))} {_told(times.on_clocks(activity, zone))}</span>'
    return mark_safe(f"<li>{days(activity)}<div>{html}</div></li>")


def _told(clocks: Clocks) -> str:
    return ", ".join(escape(part) for part in (clocks.days, clocks.hours, clocks.zone) if part)


@register.simple_tag
def zone_options(groups: Iterable[Group], chosen: str) -> SafeString:
    """All time zones as options of a select, in their groups. They are four hundred, so that a template takes longer for
    them than for the rest of its page."""

    def option(name: str, words: str) -> str:
        return f'<option value="{escape(name)}"{" selected" if name == chosen else ""}>{escape(words)}</option>'

    return mark_safe(
        "".join(
            f'<optgroup label="{escape(label)}">{"".join(starmap(option, choices))}</optgroup>'
            for label, choices in groups
        )
    )


@register.filter
def clocks(activity: Activity, zone: str = "") -> Clocks:
    """Days, hours and zone on the clocks of the place, or of another zone."""
    return times.on_clocks(activity, zone)
