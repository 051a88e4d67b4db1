"""What the clock asks of geoparks: reminders of revalidations."""

from functools import partial

from designated_sites.review_cycle.reminders import plan
from notifications.planning import register_planner

from .mails import REMINDER
from .models import Geopark

register_planner(REMINDER.name, partial(plan, kind=REMINDER, model=Geopark))
