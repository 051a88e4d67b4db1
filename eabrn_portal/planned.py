"""What the clock asks of the roof: answers that were kept for a quarter of an hour do not wait for the night."""

from notifications.planning import register_planner

from .sent_forms import presses, typed


def _sweep() -> int:
    """Plans no mail."""
    presses.sweep()
    typed.sweep()
    return 0


register_planner("portal.sent_forms", _sweep)
