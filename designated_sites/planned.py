"""What the calendar asks of sites: reminders of reviews, and once a year whether the facts are right."""

from functools import partial

from notifications.planning import register_planner

from .mails import REMINDERS
from .review_cycle.reminders import plan
from .stewardship.yearly_question import ask_for_confirmations

for kind, model in REMINDERS:
    register_planner(kind.name, partial(plan, kind=kind, model=model))
register_planner("designated_sites.confirmations", ask_for_confirmations)
