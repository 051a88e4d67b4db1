"""The officers' workspace: its navigation, the parts in which a record is worked on, its search, and pages of our own."""
