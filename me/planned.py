"""What the calendar asks of own pages: the weekly list of what somebody has to do."""

from notifications.planning import register_planner

from .weekly_list import TO_DO, plan_lists

register_planner(TO_DO.name, plan_lists)
