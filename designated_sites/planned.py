"""What the clock asks of sites: their facts are to be confirmed once a year."""

from notifications.planning import register_planner

from .stewardship.yearly_question import ask_for_confirmations

register_planner("designated_sites.confirmations", ask_for_confirmations)
