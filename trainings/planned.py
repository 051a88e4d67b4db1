"""What the clock asks of trainings: seats that were not confirmed in time go to the next on the reserve list; follow-up
forms that are still to be sent are reminded of."""

from notifications.planning import register_planner

from .workflow.follow_up import plan_reminders
from .workflow.progress import settle_overdue

register_planner("trainings.seats", settle_overdue)
register_planner("trainings.follow_up", plan_reminders)
