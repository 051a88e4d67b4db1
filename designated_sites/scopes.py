"""Which sites a person may see and touch as steward."""

from accounts.scopes import register_stewardship

from .stewards import stewarded_sites

register_stewardship(stewarded_sites)
