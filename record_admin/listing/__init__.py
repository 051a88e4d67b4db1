"""Lists of the admin: filters in a bar, columns and views that officers keep, acts over all that match, moments with their zone."""
