"""The map of the sites, and what lies near one."""
