"""What the clock asks of trainings: seats that were not confirmed in time go to the next on the reserve list."""

from notifications.planning import register_planner

from .progress import settle_overdue

register_planner("trainings.seats", settle_overdue)
