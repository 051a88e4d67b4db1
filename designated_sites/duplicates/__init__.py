"""Records that may be one site: found, kept apart, made one."""
