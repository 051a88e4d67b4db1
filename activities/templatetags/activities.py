"""Events and trainings in templates: `{{ event|days }}`, `{{ event|window }}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records.formats.date_formatting import Clocks

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


@register.filter
def clocks(activity: Activity, zone: str = "") -> Clocks:
    """Days, hours and zone on the clocks of the place, or of another zone."""
    return times.on_clocks(activity, zone)
