"""The head of an event or training on every page of its hub: what it is, its state, when, how full, until when one can
register or apply; and the acts on the whole of it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from record_admin.workspace.parts import Act, Badge
from records.formats.date_formatting import city, offset, on_clock
from records.template_context import Label

from ..models import Activity, times
from ..models.windows import Window, window_of
from .names import page_of


def badges(activity: Activity, window: Window, open_words: Label) -> tuple[Badge, ...]:
    found = [Badge(_("Sample"), "note")] if activity.is_sample else []
    if activity.status == Activity.Status.CANCELLED:
        found.append(Badge(_("Cancelled"), "error"))
    elif window.state == "open":
        found.append(Badge(open_words, "ok"))
    else:
        found.append(Badge(activity.get_status_display(), "note" if activity.status == Activity.Status.DRAFT else ""))
    if not activity.published and activity.status != Activity.Status.DRAFT:
        found.append(Badge(_("Not public"), "note"))
    return tuple(found)


def kind_words(activity: Activity, kind: Label) -> str:
    """Webinar, online."""
    where = activity.get_format_display().lower() if activity.format else ""
    return ", ".join(filter(None, [str(kind), where]))


def when_words(activity: Activity) -> SafeString:
    """In words, on the clocks of the place."""
    clocks = times.on_clocks(activity)
    zone = f"{city(activity.timezone)} ({offset(activity.starts_at, activity.timezone)})" if clocks.hours else ""
    return format_html("<b>{}</b> {}", ", ".join(filter(None, [clocks.days, clocks.hours])), zone)


def closing_words(window: Window, label: str) -> SafeString | None:
    """Until when one can register or apply."""
    if window.closes is None:
        return None
    clock = on_clock(window.closes, window.zone)
    return format_html("{} <b>{}, {}</b> {}", label, clock.days, clock.hours, city(window.zone))


def public_act(activity: Activity) -> Act:
    """The page as the public sees it, or would see it."""
    is_public = activity.published and activity.status != Activity.Status.DRAFT
    if is_public:
        return Act(_("See as the public"), activity.get_absolute_url())
    return Act(_("Preview of the draft"), page_of(activity, "preview"))


def closing_of(activity: Activity) -> Window:
    return window_of(activity)
