"""Events and trainings in templates: `{{ event|days }}`, `{{ event|window }}`."""

from collections.abc import Iterable
from itertools import starmap

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from records.formats.date_formatting import Clocks
from records.formats.time_zones import Group

from ..models import Activity, Postponement, Session, times
from ..models.windows import Window, window_of

register = template.Library()


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


@register.filter
def session_clock(session: Session, activity: Activity) -> str:
    """From when to when, on the clocks of the place, with the day where the activity lasts several."""
    return times.session_clock(session, activity)


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
