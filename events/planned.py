"""What the clock asks of events: places whose time to answer is over are given to the next."""

from notifications.planning import register_planner

from .registration.waiting_list import settle_overdue

register_planner("events.waiting", settle_overdue)
