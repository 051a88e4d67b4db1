"""Which sites a person may see and touch as steward, and how accounts read sites and write stewardships."""

from accounts.scopes import register_stewardship
from accounts.sites import Sites, register_sites

from .stewardship.stewards import begin, end, facts_of_sites, held_since, stewarded_sites, types_of_sites

register_stewardship(stewarded_sites)
register_sites(Sites(facts_of_sites, types_of_sites, begin, end, held_since))
