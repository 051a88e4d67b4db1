"""Events and trainings in templates: `{{ event|days }}`, `{{ event|window }}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records.formats.date_formatting import Clocks

from ..models import times
from ..models.activity import Occasion
from ..models.parts import Postponement, Session
from ..models.windows import Window, window_of

register = template.Library()


@register.filter
def days(occasion: Occasion) -> SafeString:
    """A time element with as much of the date as is known."""
    return format_html('<time datetime="{}">{}</time>', times.iso(occasion), times.days(occasion))


@register.filter
def was_on(move: Postponement, occasion: Occasion) -> str:
    return times.was_on(move, occasion)


@register.filter
def window(occasion: Occasion) -> Window:
    """When one can register or apply."""
    return window_of(occasion)


@register.filter
def session_clock(session: Session, occasion: Occasion) -> str:
    """From when to when, on the clocks of the place, with the day where the occasion lasts several."""
    return times.session_clock(session, occasion)


@register.filter
def clocks(occasion: Occasion, zone: str = "") -> Clocks:
    """Days, hours and zone on the clocks of the place, or of another zone."""
    return times.on_clocks(occasion, zone)
